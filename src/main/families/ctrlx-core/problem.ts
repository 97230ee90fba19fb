import { FailureError } from '../../../shared/failure.ts'
import { problemSchema, type Problem } from './answers.ts'
import { fullAccess } from './rules.ts'

/** What was asked, for the words of a failure. */
export interface Asked {
  readonly address: string
  readonly user: string
  /** `GET /setup/api/v1/tasks`, without its query. */
  readonly request: string
}

/** Source: observed on devices; the codes alone are those of any bad request, so they count for a login only. */
const tooManySessions = { main: '080E0200', detailed: '0C7A0202' } as const

/** An answer that says no, as the failure a person is told. */
export function refusal(status: number, body: unknown, asked: Asked): FailureError {
  const problem = readProblem(body)
  const { address, user, request } = asked
  if (status === 403) {
    const right = problem.moreInfo?.requiredPermissions ?? fullAccess
    return new FailureError({ code: 'rights-missing', address, user, right })
  }
  const detail = sentence(problem) || `status ${status}`
  if (saysNoRoom(problem.detailedDiagnosisCode ?? '')) {
    return new FailureError({ code: 'device-full', address, detail: `${detail} [${diagnosisOf(problem)}]` })
  }
  return new FailureError({
    code: 'device-refused',
    address,
    request,
    status,
    detail,
    diagnosis: diagnosisOf(problem),
  })
}

/** A task of the device that ended without its work done; `detail` is the device's own words. */
export function taskFailure(address: string, task: string, detail: string): FailureError {
  return new FailureError(
    saysNoRoom(detail)
      ? { code: 'device-full', address, detail }
      : { code: 'device-task-failed', address, task, detail },
  )
}

/** The vendor's codes for too little memory for a file (diagnosis list of product XCR-V-0404). */
function saysNoRoom(words: string): boolean {
  return /0C641050|0C641038/i.test(words)
}

/** A refused login: wrong password or a locked account (401, 429), or no free session. */
export function loginRefusal(status: number, body: unknown, asked: Asked): FailureError {
  const { address, user } = asked
  const problem = readProblem(body)
  if (status === 401 || status === 423 || status === 429) {
    return new FailureError({ code: 'login-refused', address, user })
  }
  if (
    status === 400 &&
    problem.mainDiagnosisCode === tooManySessions.main &&
    problem.detailedDiagnosisCode === tooManySessions.detailed
  ) {
    return new FailureError({ code: 'sessions-exhausted', address, user })
  }
  return refusal(status, body, asked)
}

function readProblem(body: unknown): Problem {
  const parsed = problemSchema.safeParse(body)
  // A refusal without a Problem is still a refusal.
  return parsed.success ? parsed.data : {}
}

function sentence({ title, detail, dynamicDescription, message }: Problem): string {
  const parts = [title, detail, dynamicDescription, message].filter(
    (part) => part !== undefined && part !== '',
  )
  return parts.join('. ').slice(0, 1000)
}

function diagnosisOf({ mainDiagnosisCode, detailedDiagnosisCode }: Problem): string {
  return [mainDiagnosisCode, detailedDiagnosisCode].filter((code) => code !== undefined).join('/')
}

/** The status of a refusal, or `undefined` for any other error. */
export function refusedStatus(error: unknown): number | undefined {
  if (!(error instanceof FailureError)) return undefined
  const { failure } = error
  if (failure.code === 'device-refused') return failure.status
  return failure.code === 'rights-missing' ? 403 : undefined
}
