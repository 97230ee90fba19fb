import { open, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import type { z } from '../../shared/schema.ts'
import { decodeDocument, encodeDocument, firstIssue } from './document.ts'
import { withLock } from './lock.ts'
import { createOnly, readPlain } from './plain-file.ts'
import { privateFileMode } from './private-folder.ts'
import { ownedName, ownedNamePattern, ownerState } from './process-mark.ts'
import { renamePatiently } from './rename-patiently.ts'
import { writing } from './storage-failure.ts'
import { syncFolder } from './sync-folder.ts'
import { writeAll } from './write-all.ts'

const longestBytes = 64 * 1024 * 1024
const temporaryName = new RegExp(`^.+\\.${ownedNamePattern}\\.tmp$`)

/**
 * Writes a whole file, all of it or nothing: after a crash or power cut there is the old content or the new one.
 *
 * A file that could not be flushed is thrown away and never flushed again: after a failed fsync the kernel may
 * count the lost pages as written, and a second fsync would succeed over them.
 * @throws FailureError `disk-full`, `storage-unwritable`; the old file is then untouched
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const neededBytes = Buffer.byteLength(content)
  const temporary = `${file}.${ownedName()}.tmp`
  await writing({ place: file, neededBytes }, async () => {
    try {
      await writeNew(temporary, content)
      await renamePatiently(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(dirname(file))
  })
}

/** Makes a file that must not exist yet and flushes it. Its name is not flushed: that is the folder's. */
export async function writeNew(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, createOnly, privateFileMode)
  try {
    await writeAll(handle, Buffer.from(content), 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Reads a JSON file of the application, or gives `undefined` where there is none. What cannot be read as a whole is
 * an error and never an empty value, because the next write would make the loss final.
 * @throws FailureError `storage-damaged`, `storage-newer` (the file stays untouched), `file-unreadable`
 */
export async function readDurably<T>(
  file: string,
  schema: z.ZodType<T>,
  knownFormat: number,
): Promise<T | undefined> {
  const bytes = await readPlain(file, longestBytes)
  return bytes && decodeDocument(bytes, { schema, knownFormat, check: 'optional' }, file)
}

/**
 * Writes a JSON file of the application, whole or not at all, with its check line. Nothing is written that the
 * schema could not read back.
 *
 * For a file that several processes change use `updateDurably`: a plain write overwrites the others' changes.
 * @throws FailureError `bad-input`, `disk-full`, `storage-unwritable`
 */
export async function writeDurably<T extends object>(
  file: string,
  schema: z.ZodType<T>,
  value: T,
): Promise<void> {
  await writeWhole(file, encodeReadable(value, schema))
}

/** How a shared file is changed. */
export interface DurableUpdate<T> {
  readonly knownFormat: number
  /** What the change starts from where there is no file yet. */
  readonly initial: T
  /** Gives the new content. To leave the file as it is, give back what was handed in, or throw. */
  readonly change: (current: T) => T | Promise<T>
}

/**
 * Reads, changes and writes a JSON file that window and command line share, so that no change is lost: from read to
 * rename no other process is let in (see `withLock`). Gives what is in the file now.
 * @throws FailureError as `readDurably` and `writeDurably`; whatever `change` throws, the file is then untouched
 */
export async function updateDurably<T extends object>(
  file: string,
  schema: z.ZodType<T>,
  update: NoInfer<DurableUpdate<T>>,
): Promise<T> {
  return await withLock(file, async () => {
    await removeAbandoned(dirname(file), basename(file))
    const current = (await readDurably(file, schema, update.knownFormat)) ?? update.initial
    const changed = await update.change(current)
    if (changed !== current) await writeDurably(file, schema, changed)
    return changed
  })
}

/**
 * Text that is sure to be read back.
 * @throws FailureError `bad-input` naming the first field the schema refuses
 */
export function encodeReadable<T extends object>(value: T, schema: z.ZodType<T>): string {
  const parsed = schema.safeParse(value)
  if (parsed.success) return encodeDocument(value)
  const [field = '', reason = ''] = firstIssue(parsed.error).split(': ')
  throw new FailureError({ code: 'bad-input', field, reason })
}

/** Removes temporary files of `base` (of all files without it) that a killed process has left in a folder. */
export async function removeAbandoned(folder: string, base = ''): Promise<void> {
  for (const name of await readdir(folder)) {
    const mark = name.startsWith(base) ? temporaryName.exec(name)?.[1] : undefined
    if (mark !== undefined && ownerState(mark) === 'gone') await rm(join(folder, name), { force: true })
  }
}
