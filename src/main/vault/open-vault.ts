import { randomUUID } from 'node:crypto'
import { mkdir, readdir, realpath } from 'node:fs/promises'
import { FailureError, isFailure } from '../../shared/failure.ts'
import { z } from '../../shared/schema.ts'
import { decodeDocument } from '../storage/document.ts'
import { encodeReadable, removeAbandoned, writeWhole } from '../storage/durable-file.ts'
import { withLock } from '../storage/lock.ts'
import { readPlain, statOf } from '../storage/plain-file.ts'
import { makePrivateFolder, privateFolderMode } from '../storage/private-folder.ts'
import { errnoOf, readFailure, writing } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/sync-folder.ts'
import { idFileName, isDropping, layoutOf, type VaultLayout } from './layout.ts'

const knownFormat = 1
const longestIdFileBytes = 64 * 1024

const idFileSchema = z.object({ format: z.literal(1), id: z.uuid(), createdAt: z.iso.datetime() }).readonly()

export interface OpenOptions {
  /** Makes a vault where the folder is missing or empty. Left out: only an existing vault is opened. */
  readonly createIfMissing?: boolean | undefined
  /**
   * Opens only this vault and never makes one: for a place that was chosen before, so that an unplugged drive or an
   * unmounted folder is told as gone and not filled with a new, empty vault.
   */
  readonly expectedId?: string | undefined
}

/** A vault that was found or made. */
export interface OpenedVault {
  readonly layout: VaultLayout
  readonly id: string
}

/**
 * Finds or makes the vault in a folder. A link to the folder is resolved once, here.
 * @throws FailureError `vault-gone`, `target-not-empty` where the folder holds something else, `storage-damaged`,
 * `storage-newer`, `storage-unwritable`, `disk-full`
 */
export async function openVault(folder: string, options: OpenOptions): Promise<OpenedVault> {
  const { expectedId } = options
  const mayCreate = options.createIfMissing === true && expectedId === undefined
  if (mayCreate) await makeFolder(folder)
  const layout = layoutOf(await resolved(folder))
  const found = await readVaultId(layout)
  if (found === undefined && !mayCreate) throw gone(folder)
  const id = found ?? (await createVault(layout))
  if (expectedId !== undefined && id !== expectedId) throw gone(folder)
  await requireFolder(layout.archives)
  await makePrivateFolder(layout.staging)
  return { layout, id }
}

/**
 * The id of the vault in a folder; `undefined` where there is none (any more).
 * @throws FailureError `storage-damaged`, `storage-newer`, `file-unreadable`
 */
export async function readVaultId({ idFile }: VaultLayout): Promise<string | undefined> {
  const bytes = await readPlain(idFile, longestIdFileBytes)
  return bytes && decodeDocument(bytes, { schema: idFileSchema, knownFormat, check: 'required' }, idFile).id
}

/** The failure of a vault that is not, or no longer, where it was. */
export function gone(place: string, cause?: unknown): FailureError {
  return new FailureError({ code: 'vault-gone', place }, { cause })
}

/** What a drive answers that was unplugged, or a network place that is not reached any more. */
const vanished = new Set([
  'EIO',
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'ENOTCONN',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'ENOTDIR',
])

/** Whether an error says that the whole place is gone, and not only that one file cannot be read. */
export function isVanished(error: unknown): boolean {
  return isFailure(error, 'file-unreadable') && vanished.has(error.failure.reason)
}

/** The id file comes last: until it is there, the folder is no vault and making it can begin again. */
async function createVault(layout: VaultLayout): Promise<string> {
  await refuseForeign(layout)
  return await withLock(layout.idFile, async () => {
    const madeMeanwhile = await readVaultId(layout)
    if (madeMeanwhile !== undefined) return madeMeanwhile
    await removeAbandoned(layout.folder, idFileName)
    await makePrivateFolder(layout.archives)
    await makePrivateFolder(layout.staging)
    await syncFolder(layout.folder)
    const id = randomUUID()
    const content = { format: 1, id, createdAt: new Date().toISOString() } as const
    await writeWhole(layout.idFile, encodeReadable(content, idFileSchema))
    return id
  })
}

async function refuseForeign(layout: VaultLayout): Promise<void> {
  const names = (await readdir(layout.folder)).filter((name) => !isDropping(name))
  // A vault whose making was cut short holds its two folders, empty, and leftovers of writing the id file.
  const foreign = names.filter((name) => !/^(archives|staging|vault\.json(\..+)?)$/.test(name))
  for (const own of [layout.archives, layout.staging]) {
    const content = await readdir(own).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw readFailure(error, own)
    })
    foreign.push(...content)
  }
  // Another process may have made the vault, and filled it, since this one looked.
  if (foreign.length === 0 || (await readVaultId(layout)) !== undefined) return
  throw new FailureError({ code: 'target-not-empty', folder: layout.folder })
}

async function makeFolder(folder: string): Promise<void> {
  await writing({ place: folder }, async () => {
    await mkdir(folder, { recursive: true, mode: privateFolderMode })
  })
}

async function resolved(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch (error) {
    const errno = errnoOf(error)
    throw errno === 'ENOENT' || errno === 'ENOTDIR' ? gone(folder, error) : readFailure(error, folder)
  }
}

async function requireFolder(folder: string): Promise<void> {
  if ((await statOf(folder))?.isDirectory()) return
  throw new FailureError({ code: 'storage-damaged', file: folder, reason: 'is missing or not a folder' })
}
