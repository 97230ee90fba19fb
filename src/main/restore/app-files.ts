import { basename } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { reaches, type AppChange, type AppJobPlan, type UnfitFile } from '../../shared/model/bridge.ts'
import type { OpenFile } from '../backup/take-backup.ts'
import type { AppInFile } from '../families/app-in-file.ts'
import type { AppWork } from '../families/family.ts'
import { digestFile } from '../storage/digest.ts'

type MatchedChange = AppJobPlan['changes'][number]

export interface AppFilesRequest {
  readonly work: AppWork
  readonly openFile: OpenFile
  readonly changes: readonly AppChange[]
  /** As an identity names it; absent where the device does not tell, and then no file is for another one. */
  readonly architecture: string | undefined
  readonly files: readonly string[]
  readonly signal: AbortSignal
}

/** The files held against the changes, and where each of those that fit lies on this computer. */
export interface MatchedFiles {
  readonly changes: readonly MatchedChange[]
  readonly unfit: readonly UnfitFile[]
  readonly places: ReadonlyMap<string, string>
}

interface Judged {
  readonly file: string
  readonly name: string
  readonly app: AppInFile | undefined
  readonly reason: UnfitFile['reason'] | undefined
}

/**
 * Opens each file, reads from its own entries which app in which version for which processor it holds, and matches it with
 * the changes. What a file is called on this computer says nothing.
 */
export async function matchAppFiles(request: AppFilesRequest): Promise<MatchedFiles> {
  const { changes, signal } = request
  const taken = new Map<string, Judged>()
  const unfit: UnfitFile[] = []
  for (const file of request.files) {
    const judged = await judge(request, file)
    const { app, reason, name } = judged
    const finding = reason ?? (app && taken.has(app.app) ? ('second-of-its-kind' as const) : undefined)
    if (app && finding === undefined) taken.set(app.app, judged)
    else unfit.push({ name, reason: finding ?? 'no-app', ...(app && { says: sayApp(app) }) })
  }
  const places = new Map<string, string>()
  const matched: MatchedChange[] = []
  for (const change of changes) {
    const found = taken.get(change.app)
    if (!found?.app) {
      matched.push({ change })
      continue
    }
    places.set(change.app, found.file)
    const digest = await digestFile(found.file, { signal, phase: 'checking-archive' })
    matched.push({ change, file: { name: found.name, version: found.app.version, ...digest } })
  }
  return { changes: matched, unfit, places }
}

/**
 * Reads the files again, right before the first is sent.
 * @throws FailureError `plan-stale` where one is no longer what was reviewed
 */
export async function confirmAppFiles(
  { changes }: Pick<AppJobPlan, 'changes'>,
  places: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  for (const { change, file } of changes) {
    const place = places.get(change.app)
    if (!file || place === undefined) continue
    const { sha256 } = await digestFile(place, { signal, phase: 'checking-archive' })
    if (sha256 === file.sha256) continue
    throw new FailureError({
      code: 'plan-stale',
      reason: file.name,
      expected: file.sha256,
      actual: sha256,
    })
  }
}

/** What is wanting, in a line: for the failure of a plan that cannot be run. */
export function sayWanting({ changes, unfit }: Pick<AppJobPlan, 'changes' | 'unfit'>): {
  readonly missing: string
  readonly unfit: string
} {
  const missing = changes.filter(({ file }) => !file).map(({ change }) => `${change.app} ${change.to}`)
  return {
    missing: missing.join(', '),
    unfit: unfit
      .map(({ name, reason, says }) => `${name} (${reason}${says === undefined ? '' : `: ${says}`})`)
      .join(', '),
  }
}

async function judge(
  { work, openFile, changes, architecture, signal }: AppFilesRequest,
  file: string,
): Promise<Judged> {
  const name = basename(file)
  const apps = await appsIn(work, openFile, file, signal)
  const wanted = apps.filter(({ app }) => changes.some((change) => change.app === app))
  const [some] = wanted
  if (!some) return { file, name, app: apps[0], reason: apps.length > 0 ? 'not-needed' : 'no-app' }
  const fitting = wanted.filter((app) => isFor(app, architecture))
  const [first] = fitting
  if (!first) return { file, name, app: some, reason: 'other-architecture' }
  const right = fitting.find(({ app, version }) =>
    changes.some((change) => change.app === app && reaches(version, change.to)),
  )
  return right
    ? { file, name, app: right, reason: undefined }
    : { file, name, app: first, reason: 'other-version' }
}

async function appsIn(
  work: AppWork,
  openFile: OpenFile,
  file: string,
  signal: AbortSignal,
): Promise<readonly AppInFile[]> {
  try {
    await using archive = await openFile(file, basename(file), signal)
    return await work.readFile(archive)
  } catch (error) {
    // A file that is no sound archive is no app; one that cannot be read at all is another matter.
    if (error instanceof FailureError && error.failure.code.startsWith('archive-')) return []
    throw error
  }
}

function isFor({ architecture }: AppInFile, wanted: string | undefined): boolean {
  return wanted === undefined || architecture === 'all' || architecture === wanted
}

function sayApp({ app, version, architecture }: AppInFile): string {
  return `${app} ${version}, ${architecture}`
}
