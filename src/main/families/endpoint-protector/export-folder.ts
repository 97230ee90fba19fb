import { constants } from 'node:fs'
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Scope } from '../../../shared/model/scope.ts'
import { FailureError } from '../../../shared/failure.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { BackupRequest, BackupStream, HeldFiles } from '../family.ts'
import { leftOut } from './archive.ts'
import type { Timing } from './timing.ts'

/** A file as it lies in the folder that the appliance writes to. */
interface PushedFile {
  readonly name: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

const pieceBytes = 1024 * 1024
/** What is certainly not a finished backup: hidden files, and what programs call their unfinished ones. */
const unfinished = /^[.~]|\.(part|tmp|crdownload|download)$/i

/**
 * Takes the newest file that the vault does not hold yet out of the folder that the appliance writes its backups to. A
 * file counts once its size and its time have stayed the same over two looks.
 * @throws FailureError `backup-by-hand` where no such folder is set, `nothing-new`, `file-still-growing`,
 *   `file-unreadable`
 */
export async function fetchFromFolder(
  device: Device,
  { parts, held = [], passedOver = [], signal, onProgress }: BackupRequest,
  { settleMs }: Timing,
): Promise<BackupStream> {
  const folder = folderOf(device)
  onProgress({ phase: 'device-preparing', bytesDone: 0 })
  const before = await filesIn(folder)
  await wait(settleMs, undefined, { signal })
  const files = await filesIn(folder)
  const [newest] = files
  const done = [...held, ...passedOver]
  const wanted = files.filter((file) => !isHeld(done, file) && (parts?.includes(file.name) ?? true))
  const settled = wanted.filter((file) => before.some((each) => isSame(each, file)))
  const [chosen] = settled
  if (chosen) return await streamOf(folder, chosen, settled.length - 1, signal)
  const [growing] = wanted
  if (growing) throw stillGrowing(device.address, growing)
  throw new FailureError({ code: 'nothing-new', device: device.name, newest: newest?.name ?? '' })
}

/**
 * The files in the folder that the appliance writes to, the newest first; what is held already is not chosen.
 * @throws FailureError `backup-by-hand` where no such folder is set, `file-unreadable`
 */
export async function scopeOfFolder(device: Device, held: HeldFiles): Promise<Scope> {
  const files = await filesIn(folderOf(device))
  return {
    parts: files.map((file) => {
      const { name, sizeBytes } = file
      return { id: name, title: name, sizeBytes, chosen: !isHeld(held, file) }
    }),
    leftOut,
  }
}

function folderOf({ facts, name, family }: Device): string {
  const folder = facts['exportFolder']
  if (folder !== undefined) return folder
  throw new FailureError({ code: 'backup-by-hand', device: name, family })
}

function isHeld(held: HeldFiles, { name, sizeBytes }: PushedFile): boolean {
  return held.some((each) => each.fileName === name && each.sizeBytes === sizeBytes)
}

/** The plain files of a folder, the newest first; links are not followed. @throws FailureError `file-unreadable` */
async function filesIn(folder: string): Promise<readonly PushedFile[]> {
  try {
    const names = (await readdir(folder)).filter((name) => !unfinished.test(name))
    const files = await Promise.all(
      names.map(async (name) => {
        const stat = await lstat(join(folder, name))
        return stat.isFile() && stat.size > 0
          ? [{ name, sizeBytes: stat.size, modifiedMs: stat.mtimeMs }]
          : []
      }),
    )
    return files.flat().toSorted((a, b) => b.modifiedMs - a.modifiedMs || b.name.localeCompare(a.name))
  } catch (cause) {
    throw unreadable(folder, cause)
  }
}

async function streamOf(
  folder: string,
  file: PushedFile,
  waiting: number,
  signal: AbortSignal,
): Promise<BackupStream> {
  const path = join(folder, file.name)
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  return {
    fileName: file.name,
    announcedBytes: file.sizeBytes,
    madeAt: new Date(file.modifiedMs).toISOString(),
    waiting,
    content: contentOf(handle, path, signal),
    finish: async () => {
      const [now] = (await filesIn(folder)).filter(({ name }) => name === file.name)
      if (!now || !isSame(file, now)) throw stillGrowing(path, now ?? file)
      return { scope: { parts: [], leftOut }, passwordProtected: false, messages: [] }
    },
  }
}

async function* contentOf(handle: FileHandle, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for (let position = 0; ;) {
      signal.throwIfAborted()
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } catch (cause) {
    throw signal.aborted ? cause : unreadable(path, cause)
  } finally {
    await handle.close()
  }
}

function isSame(a: PushedFile, b: PushedFile): boolean {
  return a.name === b.name && a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs
}

function stillGrowing(address: string, { name, sizeBytes }: PushedFile): FailureError {
  return new FailureError({ code: 'file-still-growing', address, file: name, sizeBytes })
}

function unreadable(file: string, cause: unknown): FailureError {
  if (cause instanceof FailureError) return cause
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new FailureError({ code: 'file-unreadable', file, reason }, { cause })
}
