import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { withLock } from './lock.ts'
import type { LogFormat, Torn } from './log-format.ts'
import { logLines, type LogLine } from './log-lines.ts'
import { statOf } from './plain-file.ts'
import { privateFileMode } from './private-folder.ts'
import { writing } from './storage-failure.ts'
import { syncFolder } from './sync-folder.ts'
import { writeAll } from './write-all.ts'

const appendOnly = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW

/** A torn line that was found, and whether a later record closes it. */
export interface TornLine extends Torn {
  /** Number of the line, from 1. */
  readonly line: number
  readonly closed: boolean
}

/** All that a log holds. */
export interface LogReading<T> {
  readonly records: readonly T[]
  /** What crashes have torn. These lines were never acknowledged to anybody, and are never dropped unseen. */
  readonly torn: readonly TornLine[]
}

/** A line with what it holds. A line is one record, or closes a torn line, or both, or is unreadable. */
export interface ScannedLine<T> extends LogLine {
  readonly record: T | undefined
  readonly closes: Torn | undefined
}

interface End<T> {
  readonly sizeBytes: number
  readonly last: T | undefined
  readonly unclosed: readonly LogLine[]
  readonly ended: boolean
}

/**
 * A file of records, one JSON object a line, that only ever grows. Window and command line may append to one log
 * at the same time.
 *
 * A record is acknowledged after its fsync. A crash in between can leave a torn last line; it stays where it is,
 * is reported by `read`, and is closed by the next append with a record that names its length and hash.
 */
export class AppendLog<T> {
  readonly #file: string
  readonly #format: LogFormat<T>
  #end: End<T> | undefined
  #queue: Promise<unknown> = Promise.resolve()

  /** The file is made with the first record, in a folder that exists. */
  constructor(file: string, format: LogFormat<T>) {
    this.#file = file
    this.#format = format
  }

  /** @throws FailureError `disk-full`, `storage-unwritable`, `bad-input`; the log then holds what it held before */
  async append(record: T): Promise<void> {
    await this.appendAfter(() => record)
  }

  /**
   * Appends a record that depends on the last one, e.g. on its number; nobody else can append in between.
   * @throws FailureError as `append`; whatever `make` throws
   */
  async appendAfter(make: (last: T | undefined) => T): Promise<T> {
    const work = async () => await withLock(this.#file, async () => await this.#append(make))
    const appended = this.#queue.then(work, work)
    // Only the order is kept here; the caller of each append hears of its failure.
    this.#queue = appended.catch(() => undefined)
    return await appended
  }

  /**
   * Reads all records; none where there is no file.
   * @throws FailureError `storage-damaged` naming the first line that is neither a record nor closed; `file-unreadable`
   */
  async read(): Promise<LogReading<T>> {
    const records: T[] = []
    const torn: (Torn & { readonly line: number; closed: boolean })[] = []
    const isOpen = ({ closed }: TornLine) => !closed
    for await (const line of this.lines()) {
      const { record, closes } = line
      if (record !== undefined) records.push(record)
      const closed = torn.find((candidate) => isOpen(candidate) && isSame(candidate, closes))
      if (closed) closed.closed = true
      else if (record === undefined && closes === undefined) {
        torn.push({ ...tornOf(line), line: line.number, closed: false })
      }
      // A crash tears the end of a log only; an unreadable line before a record that closes none is damage.
      const damaged = closes === undefined && record !== undefined ? torn.find(isOpen) : undefined
      if (damaged) throw this.#damaged(damaged.line)
    }
    return { records, torn }
  }

  /**
   * Every line as it is, judging none: for readers that look for damage themselves.
   * @throws FailureError `file-unreadable`, `storage-damaged` where it is no plain file
   */
  async *lines(): AsyncGenerator<ScannedLine<T>> {
    for await (const line of logLines(this.#file)) {
      const record = line.text === undefined ? undefined : this.#format.decode(line.text)
      const closes = line.text === undefined ? undefined : this.#format.closes(line.text)
      yield { ...line, record, closes }
    }
  }

  async #append(make: (last: T | undefined) => T): Promise<T> {
    const end = await this.#readEnd()
    let { last } = end
    let text = end.ended ? '' : '\n'
    for (const line of end.unclosed) {
      const closing = this.#format.close(tornOf(line), last)
      text += `${closing.line}\n`
      last = closing.last
    }
    const record = make(last)
    text += `${this.#format.encode(record)}\n`
    const bytes = Buffer.from(text)
    this.#end = undefined
    await writing(
      { place: this.#file, neededBytes: bytes.length },
      async () => await this.#write(bytes, end.sizeBytes),
    )
    this.#end = { sizeBytes: end.sizeBytes + bytes.length, last: record, unclosed: [], ended: true }
    return record
  }

  async #write(bytes: Uint8Array, sizeBefore: number): Promise<void> {
    const handle = await open(this.#file, appendOnly, privateFileMode)
    try {
      await writeAll(handle, bytes, sizeBefore)
      await handle.sync()
    } catch (error) {
      // What was not acknowledged is taken back. Should that fail too, the next append closes the torn line.
      await handle.truncate(sizeBefore).catch(() => undefined)
      throw error
    } finally {
      await handle.close()
    }
    if (sizeBefore === 0) await syncFolder(dirname(this.#file))
  }

  /** Reads the log again only where another process has changed its length. */
  async #readEnd(): Promise<End<T>> {
    const sizeBytes = (await statOf(this.#file))?.size ?? 0
    if (this.#end?.sizeBytes === sizeBytes) return this.#end
    let last: T | undefined
    let ended = true
    let unclosed: LogLine[] = []
    for await (const line of this.lines()) {
      if (line.record !== undefined) last = line.record
      if (line.closes) unclosed = unclosed.filter((torn) => !isSame(tornOf(torn), line.closes))
      else if (line.record === undefined) unclosed.push(line)
      // A damaged line further up is not closed: closing it now would call damage a crash.
      else unclosed = []
      ended = line.ended
    }
    return { sizeBytes, last, unclosed, ended }
  }

  #damaged(line: number): FailureError {
    return new FailureError({
      code: 'storage-damaged',
      file: this.#file,
      reason: `line ${line} is unreadable`,
    })
  }
}

function tornOf(line: LogLine): Torn {
  return { sizeBytes: line.sizeBytes, sha256: line.sha256() }
}

function isSame(one: Torn, other: Torn | undefined): boolean {
  return one.sizeBytes === other?.sizeBytes && one.sha256 === other.sha256
}
