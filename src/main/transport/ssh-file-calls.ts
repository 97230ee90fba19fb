import type { SFTPWrapper } from 'ssh2'
import { until, Watch, type Deadlines } from './deadlines.ts'
import { requestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { SshLine } from './ssh-line.ts'
import { isMissing, sftpFailure } from './ssh-status.ts'

/** How long one operation is waited for, in milliseconds. */
export interface FileWait {
  readonly signal: AbortSignal
  readonly idleMs?: number
  readonly totalMs?: number
}

type Answer<T> = (error: Error | null | undefined, value: T) => void
type Word = (error: Error | null | undefined) => void

/**
 * Requests to an open SFTP subsystem, each with an end: the library forgets what it was asked when a connection goes,
 * so nothing here waits for it alone.
 */
export class FileCalls {
  readonly #line: SshLine
  readonly #deadlines: Deadlines
  readonly #ended = new AbortController()

  constructor(sftp: SFTPWrapper, line: SshLine, deadlines: Deadlines) {
    this.#line = line
    this.#deadlines = deadlines
    // The subsystem may end, or lose its way, while the connection lives.
    const end = (detail: string): void => {
      this.#ended.abort(unexpected(line.address, 'SFTP', detail))
    }
    sftp.on('error', (error: Error) => {
      end(error.message)
      sftp.end()
    })
    sftp.on('close', () => {
      end('the file service has ended')
    })
  }

  get alive(): boolean {
    return !this.#line.lost.aborted && !this.#ended.signal.aborted
  }

  /** One request and its answer. */
  async one<T>(watch: Watch, name: string, send: (answer: Answer<T>) => void): Promise<T> {
    return await until(
      new Promise<T>((resolve, reject) => {
        send((error, value) => {
          watch.touch()
          if (error) reject(sftpFailure(this.#line.address, name, error))
          else resolve(value)
        })
      }),
      watch,
    )
  }

  /** As `one`; `undefined` where the device says that there is no such name, or that nothing more follows. */
  async optional<T>(
    watch: Watch,
    name: string,
    send: (answer: Answer<T>) => void,
    absent: 'missing' | 'end' = 'missing',
  ): Promise<T | undefined> {
    try {
      return await this.one<T>(watch, name, send)
    } catch (error) {
      if (isMissing(error, absent)) return undefined
      throw error
    }
  }

  /** A request that is answered by done or not done. */
  async done(watch: Watch, name: string, send: (word: Word) => void): Promise<void> {
    await this.one<undefined>(watch, name, (answer) => {
      send((error) => {
        answer(error, undefined)
      })
    })
  }

  async change(name: string, wait: FileWait, send: (word: Word) => void): Promise<void> {
    await this.watched(name, wait, async (watch) => {
      await this.done(watch, name, send)
    })
  }

  /** Does something under one watch; whatever it throws becomes a RequestError. */
  async watched<T>(name: string, wait: FileWait, work: (watch: Watch) => Promise<T>): Promise<T> {
    using watch = this.watch(name, wait)
    try {
      watch.signal.throwIfAborted()
      return await work(watch)
    } catch (error) {
      throw this.judged(error, name, 0)
    }
  }

  watch(name: string, { signal, idleMs, totalMs }: FileWait): Watch {
    return new Watch({
      address: this.#line.address,
      phase: name,
      idleMs: idleMs ?? this.#deadlines.idleMs,
      totalMs: totalMs ?? this.#deadlines.totalMs,
      signals: [signal, this.#line.lost, this.#ended.signal],
    })
  }

  judged(error: unknown, name: string, bytesDone: number): Error {
    return requestError(error, { address: this.#line.address, phase: name, bytesDone, requestSent: true })
  }
}
