import { stat } from 'node:fs/promises'
import { FailureError, type Failure } from '../../../shared/failure.ts'
import { compareVersions } from '../../../shared/compatibility/version.ts'
import { certainlyNotSent } from '../../transport/request-error.ts'
import type { Commitment, PreparedRestore, RestoreRequest } from '../family.ts'
import { readSetupFile } from './archive.ts'
import type { SetupDocument } from './compare.ts'
import { deriveFile } from './derived-file.ts'
import { hasLegacy, legacyPassword, legacyPrefix, readLegacyRestores } from './backup-api.ts'
import type { Answer, CtrlxClient, UploadRequest } from './client.ts'
import { majorMinor } from './hardware.ts'
import { isSwitching } from './operating-state.ts'
import { formatHandle, type Interface } from './restore-handle.ts'
import { hasSetup, readHistory, readSetupInfo, readTasks, setupPrefix, taskOf } from './setup-api.ts'
import type { DeviceTask } from './task.ts'
import type { Timing } from './timing.ts'

/** What the device knew before the changing call, to tell its own later words from earlier ones. */
export interface Baseline {
  readonly taskIds: ReadonlySet<string>
  /** The device's time of the newest restore in its history; 0 for an empty history, absent where it keeps none. */
  readonly after: number | undefined
  /** The settings before the restore, where something of them is to be kept and the device tells them. */
  readonly settings?: SetupDocument | undefined
  /** SHA-256 of the file that is sent, where it is not the archive itself. */
  readonly derivedSha256?: string | undefined
}

/** What the family remembers of the connection that `commit` has to use. */
export interface CommitFacts {
  /** The number of the connection on which the identity was last read. */
  readonly identifiedOn: () => number | undefined
  /** The system version that was last read. */
  readonly systemVersion: () => string | undefined
}

/** The first system version that knows `mode`; older ones would take a replace for a merge. */
const firstWithModes = '2.6'

/**
 * Refuses, by reading alone, what the device would refuse or what must not be asked of it.
 * @throws FailureError as `prepareRestore`
 */
export async function checkRestore(
  client: CtrlxClient,
  request: RestoreRequest,
  facts: CommitFacts,
): Promise<{ readonly via: Interface; readonly fields: Readonly<Record<string, string>> }> {
  const via = interfaceFor(request)
  checkOptions(request, via, facts)
  const fields = await fieldsFor(request, via)
  await checkFile(request)
  await checkDevice(client, via, request.signal)
  return { via, fields }
}

/**
 * Finds out, by reading alone, whether the changing call can be made. There is no place to leave a file on a
 * device beforehand: sending it and applying it are one call.
 * @throws FailureError `bad-input`, `password-needed`, `device-tool-missing`, `device-state`, `file-unreadable`
 */
export async function prepareRestore(
  client: CtrlxClient,
  request: RestoreRequest,
  facts: CommitFacts,
  timing: Timing,
): Promise<{ readonly prepared: PreparedRestore; readonly baseline: Baseline }> {
  const { via, fields } = await checkRestore(client, request, facts)
  const known = await readBaseline(client, via, request.signal)
  const { keep } = request.options
  const settings = keep.length > 0 ? await readSetupInfo(client, request.signal) : undefined
  const derived =
    keep.length > 0 ? await deriveFile(request.archiveFile, request.archive, keep, request.signal) : undefined
  const baseline = { ...known, settings, derivedSha256: derived?.sha256 }
  const sentFile = derived ?? { path: request.archiveFile, sizeBytes: request.record.sizeBytes }
  let isSent = false
  const commit = async (signal: AbortSignal): Promise<Commitment> => {
    const onConnection = facts.identifiedOn()
    if (onConnection === undefined) throw new Error('The identity has to be read before a restore is sent')
    if (isSent) throw new Error('A restore is sent at most once')
    isSent = true
    const { answerMs: idleMs, uploadLimitMs: totalMs } = timing
    const upload = { ...uploadOf(request, via, fields, sentFile), onConnection, signal, idleMs, totalMs }
    try {
      return await send(client, upload, { via, baseline })
    } finally {
      await derived?.remove()
    }
  }
  return { prepared: { commit, abandon: async () => await derived?.remove() }, baseline }
}

/** A zip goes back the way it came, a tar too: the two interfaces do not read each other's files. */
export function interfaceFor({ archive }: RestoreRequest): Interface {
  return archive.container === 'zip' ? 'setup' : 'legacy'
}

function checkOptions({ options }: RestoreRequest, via: Interface, facts: CommitFacts): void {
  const refuse = (field: string, reason: string): never => {
    throw new FailureError({ code: 'bad-input', field, reason })
  }
  if (options.parts !== undefined)
    refuse('parts', 'names parts, and ctrlX devices apply an archive as a whole')
  if (options.keep.length > 0 && (via === 'legacy' || options.mode === 'replace')) {
    refuse('keep', 'keeps something of the target, which only a merge of a setup archive can')
  }
  if (options.mode !== 'replace') return
  if (via === 'legacy') refuse('mode', 'is “replace”, which this kind of archive does not know')
  const version = majorMinor(facts.systemVersion())
  if (version === undefined || compareVersions(version, firstWithModes) < 0) {
    refuse('mode', `is “replace”, which devices know from system version ${firstWithModes} on`)
  }
}

async function fieldsFor(
  { archive, record, options, password, signal }: RestoreRequest,
  via: Interface,
): Promise<Readonly<Record<string, string>>> {
  const given = password ?? ''
  if (via === 'legacy') {
    if (given === '') throw new FailureError({ code: 'password-needed', archive: record.fileName })
    return { password: legacyPassword(given), async: 'true' }
  }
  const setup = await readSetupFile(archive, signal)
  if (given === '' && (setup?.needsPassword ?? record.passwordProtected)) {
    throw new FailureError({ code: 'password-needed', archive: record.fileName })
  }
  return {
    ...(given !== '' && { password: given }),
    // Merge is what every device does by itself; only newer ones know the field.
    ...(options.mode === 'replace' && { mode: 'restore' }),
  }
}

async function checkFile({ archiveFile, record }: RestoreRequest): Promise<void> {
  const { size } = await stat(archiveFile)
  if (size === record.sizeBytes) return
  const reason = `it has ${size} bytes instead of ${record.sizeBytes}`
  throw new FailureError({ code: 'file-unreadable', file: archiveFile, reason })
}

async function checkDevice(client: CtrlxClient, via: Interface, signal: AbortSignal): Promise<void> {
  const { address } = client
  if (!(await (via === 'setup' ? hasSetup(client, signal) : hasLegacy(client, signal)))) {
    const tool = via === 'setup' ? 'Backup & Restore (Setup API)' : 'Backup (first generation)'
    throw new FailureError({ code: 'device-tool-missing', address, tool })
  }
  const busy = (await listTasks(client, via, signal)).find(
    ({ state }) => state === 'running' || state === 'pending',
  )
  if (busy) {
    const state = `busy with its task ${busy.id}`
    throw new FailureError({ code: 'device-state', address, state, needed: 'no running task' })
  }
  if (await isSwitching(client, signal)) {
    const state = 'switching'
    throw new FailureError({ code: 'device-state', address, state, needed: 'a settled operating state' })
  }
}

async function readBaseline(client: CtrlxClient, via: Interface, signal: AbortSignal): Promise<Baseline> {
  const tasks = await listTasks(client, via, signal)
  const history = via === 'setup' ? await readHistory(client, signal) : undefined
  return { taskIds: new Set(tasks.map(({ id }) => id)), after: history && (history[0]?.at ?? 0) }
}

/** The tasks of an interface that may be restores. */
export async function listTasks(
  client: CtrlxClient,
  via: Interface,
  signal: AbortSignal,
): Promise<readonly (DeviceTask & { readonly id: string })[]> {
  return via === 'setup' ? await readTasks(client, signal) : await readLegacyRestores(client, signal)
}

function uploadOf(
  { record, onProgress }: RestoreRequest,
  via: Interface,
  fields: Readonly<Record<string, string>>,
  { path, sizeBytes }: { readonly path: string; readonly sizeBytes: number },
): Omit<UploadRequest, 'onConnection' | 'signal' | 'idleMs' | 'totalMs'> {
  const isSetup = via === 'setup'
  return {
    path: isSetup ? `${setupPrefix}/apply` : `${legacyPrefix}/restore`,
    fields,
    file: {
      field: isSetup ? 'setup' : 'archive',
      fileName: record.fileName,
      contentType: isSetup ? 'application/zip' : 'application/x-tar',
      path,
      sizeBytes,
    },
    onBytes: (bytesDone) => {
      onProgress({
        phase: 'uploading',
        bytesDone: Math.min(bytesDone, sizeBytes),
        bytesTotal: sizeBytes,
      })
    },
  }
}

/** The one changing call. Only a clear no of the device counts as refused; everything unclear is unanswered. */
async function send(
  client: CtrlxClient,
  upload: UploadRequest,
  { via, baseline }: { readonly via: Interface; readonly baseline: Baseline },
): Promise<Commitment> {
  let answer: Answer
  try {
    answer = await client.upload(upload)
  } catch (error) {
    if (certainlyNotSent(error)) throw error
    return {
      kind: 'unanswered',
      detail: error instanceof FailureError ? sayFailure(error.failure) : String(error),
    }
  }
  const { status } = answer
  if (status >= 400 && status <= 499) {
    return { kind: 'refused', failure: client.refused(answer, 'POST', upload.path).failure }
  }
  if (status < 200 || status > 299) return { kind: 'unanswered', detail: `status ${status}` }
  const taskId = taskOf(client, answer, via === 'setup' ? setupPrefix : legacyPrefix)
  return taskId === undefined
    ? { kind: 'unanswered', detail: `status ${status} without a task` }
    : { kind: 'accepted', handle: formatHandle({ via, taskId, after: baseline.after }) }
}

function sayFailure(failure: Failure): string {
  const { code, ...facts } = failure
  return `${code}: ${Object.values(facts).map(String).join(', ')}`.slice(0, 500)
}
