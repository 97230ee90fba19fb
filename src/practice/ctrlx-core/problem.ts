import { json, Refusal } from './answer.ts'

/** The vendor's error object, as far as the simulator fills it in. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly detail: string
  readonly status: number
  readonly instance: string
  readonly mainDiagnosisCode: string
  readonly detailedDiagnosisCode: string
  readonly severity: 'Error'
  readonly dynamicDescription?: string
  readonly moreInfo?: { readonly requiredPermissions?: string }
}

interface Row {
  readonly title: string
  readonly detail: string
  readonly main: string
  readonly detailed: string
}

const client = { title: 'Http client error', main: '080E0200' }

/** Titles, texts and codes of the vendor's own examples and diagnosis lists. */
const rows = {
  400: { ...client, detail: 'Bad request (400)', detailed: '0C7A0202' },
  401: { ...client, detail: 'Unauthorized (401)', detailed: '0C7A0203' },
  403: { ...client, detail: 'Forbidden (403)', detailed: '0C7A0204' },
  404: { ...client, detail: 'Not found (404)', detailed: '0C7A0205' },
  409: { ...client, detail: 'Conflict (409)', detailed: '0C7A0206' },
  500: {
    title: 'Http server error',
    main: '080F0200',
    detail: 'Internal server error (500)',
    detailed: '0C7A0200',
  },
} as const satisfies Record<number, Row>

export type ProblemStatus = keyof typeof rows

/** What differs from the vendor's usual text for a status. */
export interface ProblemFacts {
  readonly dynamicDescription?: string
  readonly requiredPermissions?: string
  readonly main?: string
  readonly detailed?: string
  readonly title?: string
  readonly detail?: string
}

export function problem(status: ProblemStatus, instance: string, facts: ProblemFacts = {}): Problem {
  const row = rows[status]
  return {
    type: 'about:blank',
    title: facts.title ?? row.title,
    detail: facts.detail ?? row.detail,
    status,
    instance,
    mainDiagnosisCode: facts.main ?? row.main,
    detailedDiagnosisCode: facts.detailed ?? row.detailed,
    severity: 'Error',
    ...(facts.dynamicDescription === undefined ? {} : { dynamicDescription: facts.dynamicDescription }),
    ...(facts.requiredPermissions === undefined
      ? {}
      : { moreInfo: { requiredPermissions: facts.requiredPermissions } }),
  }
}

/** The refusal of a request, to be thrown by a handler. */
export function refuse(status: ProblemStatus, instance: string, facts: ProblemFacts = {}): Refusal {
  return new Refusal(json(status, problem(status, instance, facts)))
}

/** No room on the device, in the codes of the vendor's diagnosis list. */
export function diskFull(instance: string, task: 'create' | 'apply' | 'upload'): Refusal {
  return refuse(500, instance, {
    main: { create: '080F0420', apply: '080F0422', upload: '080F0811' }[task],
    detailed: '0C641050',
    title: {
      create: 'Device backup failed',
      apply: 'Device restore failed',
      upload: 'Replacing app data failed',
    }[task],
    detail: 'Not sufficient free memory',
  })
}
