import { FailureError } from '../../../shared/failure.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type { BackupRequest, BackupStream } from '../family.ts'
import { createLegacyBackup, legacyPassword, legacyPrefix, readLegacyTask } from './backup-api.ts'
import type { CtrlxClient } from './client.ts'
import { appsOf, externalMediaOf } from './identity.ts'
import { scopeOf } from './scope.ts'
import type { ScopeRequest } from './setup-backup.ts'
import { readMedia, readPackages } from './system-api.ts'
import { followTask, worst, type DeviceTask } from './task.ts'
import type { Timing } from './timing.ts'

const archiveTypes = ['application/x-tar', 'application/tar'] as const
const wholeDevice = 'device'

/**
 * What a backup through the first generation's interface would hold now: the whole device, in one part.
 * @throws FailureError `bad-input` where something else was chosen
 */
export async function readLegacyScope(
  client: CtrlxClient,
  { chosen, signal }: Omit<ScopeRequest, 'hasPassword'>,
): Promise<Scope> {
  if (chosen && (chosen.length !== 1 || chosen[0] !== wholeDevice)) {
    const reason = 'names parts, and this device only backs up as a whole'
    throw new FailureError({ code: 'bad-input', field: 'parts', reason })
  }
  const packages = await readPackages(client, signal)
  const media = await readMedia(client, signal)
  const { leftOut } = scopeOf({
    offer: undefined,
    hasFullAccess: true,
    apps: packages && appsOf(packages),
    contained: undefined,
    externalMedia: media && externalMediaOf(media),
    hasPassword: true,
  })
  return { parts: [{ id: wholeDevice, title: 'Whole device', chosen: true }], leftOut }
}

/** Has the device make its tar and opens it. See `DeviceSession.backUp`. */
export async function backUpLegacy(
  client: CtrlxClient,
  request: BackupRequest,
  timing: Timing,
): Promise<BackupStream> {
  const { parts: chosen, signal, onProgress } = request
  const password = legacyPassword(request.password)
  const scope = await readLegacyScope(client, { chosen, signal })
  const id = await createLegacyBackup(client, password, signal)
  const task = await followTask(() => existing(client, id, signal), {
    address: client.address,
    name: 'backup',
    timing,
    signal,
    onProgress,
    // Nothing but the task tells when a tar is whole.
    isFinished: async () => false,
  })
  const path = `${legacyPrefix}/archives/${id}`
  const { announcedBytes, content } = await client.download(path, archiveTypes, signal)
  return {
    fileName: fileNameOf(new Date()),
    announcedBytes,
    content,
    finish: async () => ({
      scope,
      passwordProtected: true,
      messages: worst(task.protocol).map(({ severity, text }) => ({ severity, text })),
    }),
  }
}

async function existing(client: CtrlxClient, id: string, signal: AbortSignal): Promise<DeviceTask> {
  const task = await readLegacyTask(client, id, signal)
  if (task) return task
  const { address } = client
  const detail = 'the device no longer knows this task'
  throw new FailureError({ code: 'device-task-failed', address, task: 'backup', detail })
}

/** This interface names no file; the name is the one that the device gives such files on a medium, in UTC. */
function fileNameOf(at: Date): string {
  return `ctrlX-${at.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}.tar`
}
