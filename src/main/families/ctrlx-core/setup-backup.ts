import { FailureError } from '../../../shared/failure.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type { BackupRequest, BackupStream } from '../family.ts'
import type { CtrlxClient } from './client.ts'
import { appsOf, externalMediaOf } from './identity.ts'
import { fullAccess } from './rules.ts'
import { createOptions, scopeOf } from './scope.ts'
import {
  createSetup,
  readCreateOptions,
  readSetupInfo,
  readSetups,
  readTask,
  setupPrefix,
} from './setup-api.ts'
import { parseSetupFile } from './setup-file.ts'
import { readMedia, readPackages } from './system-api.ts'
import { followTask, worst, type DeviceTask } from './task.ts'
import type { Timing } from './timing.ts'

/** How a scope is asked for. */
export interface ScopeRequest {
  readonly hasPassword: boolean
  /** Ids of the chosen parts; all when absent. */
  readonly chosen?: readonly string[] | undefined
  readonly signal: AbortSignal
}

/** Names that become part of a path; the vendor's are a time and `ctrlx-setup.zip`. */
const fileNamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,199}$/
const archiveTypes = ['application/zip', 'application/x-zip-compressed'] as const

/** What a backup through the Setup API would hold now. */
export async function readSetupScope(client: CtrlxClient, request: ScopeRequest): Promise<Scope> {
  const { signal, hasPassword, chosen } = request
  const offer = await readCreateOptions(client, signal)
  const info = await readSetupInfo(client, signal)
  const packages = await readPackages(client, signal)
  const media = await readMedia(client, signal)
  return scopeOf({
    offer,
    hasFullAccess: client.rights?.includes(fullAccess) ?? false,
    apps: packages && appsOf(packages),
    contained: info && containedApps(info),
    externalMedia: media && externalMediaOf(media),
    hasPassword,
    chosen,
  })
}

/** The apps whose files a backup would hold; `undefined` where the device names no files at all. */
function containedApps(info: Readonly<Record<string, unknown>>): ReadonlySet<string> | undefined {
  const contained = parseSetupFile(info)?.apps?.filter(({ isContained }) => isContained) ?? []
  return contained.length === 0 ? undefined : new Set(contained.map(({ name }) => name))
}

/** Has the device make its file and opens it. See `DeviceSession.backUp`. */
export async function backUpSetup(
  client: CtrlxClient,
  request: BackupRequest,
  timing: Timing,
): Promise<BackupStream> {
  const { parts: chosen, password, signal, onProgress } = request
  const hasPassword = password !== undefined && password !== ''
  const scope = await readSetupScope(client, { hasPassword, chosen, signal })
  const earlier = await readSetups(client, signal)
  const id = await createSetup(client, createOptions(scope, password), signal)
  const task = await followTask(() => existing(client, id, signal), {
    address: client.address,
    name: 'backup',
    timing,
    signal,
    onProgress,
    isFinished: async () => (await newFile(client, earlier, signal)) !== undefined,
  })
  const fileName = task.fileName ?? (await newFile(client, earlier, signal))
  if (fileName === undefined || !fileNamePattern.test(fileName)) {
    const detail = fileName === undefined ? 'no file name' : 'a file name that cannot be asked for'
    throw unexpected(client, `${setupPrefix}/tasks/${id}`, detail)
  }
  return await openFile(client, fileName, task, { scope, passwordProtected: hasPassword }, signal)
}

async function openFile(
  client: CtrlxClient,
  fileName: string,
  task: DeviceTask,
  facts: { readonly scope: Scope; readonly passwordProtected: boolean },
  signal: AbortSignal,
): Promise<BackupStream> {
  const listedBytes = (await readSetups(client, signal)).get(fileName)
  const path = `${setupPrefix}/setups/${encodeURIComponent(fileName)}`
  const { announcedBytes = listedBytes, content } = await client.download(path, archiveTypes, signal)
  let receivedBytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      receivedBytes += piece.length
      yield piece
    }
  }
  return {
    fileName,
    announcedBytes,
    content: counted(),
    finish: async () => {
      // The list and the transfer are two witnesses of one length; newer devices have both.
      if (listedBytes !== undefined && listedBytes !== receivedBytes) {
        throw new FailureError({
          code: 'length-mismatch',
          what: fileName,
          announcedBytes: listedBytes,
          receivedBytes,
        })
      }
      return { ...facts, messages: worst(task.protocol).map(({ severity, text }) => ({ severity, text })) }
    },
  }
}

async function existing(client: CtrlxClient, id: string, signal: AbortSignal): Promise<DeviceTask> {
  const task = await readTask(client, id, signal)
  if (task) return task
  // A restart of the device in the middle takes the task with it, and the file was never finished.
  const { address } = client
  const detail = 'the device no longer knows this task'
  throw new FailureError({ code: 'device-task-failed', address, task: 'backup', detail })
}

/** The file that was not there before; the device keeps one at a time. */
async function newFile(
  client: CtrlxClient,
  earlier: ReadonlyMap<string, unknown>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const names = [...(await readSetups(client, signal)).keys()].filter((name) => !earlier.has(name))
  return names.length === 1 ? names[0] : undefined
}

function unexpected({ address }: CtrlxClient, path: string, detail: string): FailureError {
  return new FailureError({ code: 'unexpected-answer', address, request: `GET ${path}`, detail })
}
