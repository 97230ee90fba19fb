import type { ClientChannel } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { until, type Watch } from './deadlines.ts'
import { PieceQueue } from './piece-queue.ts'
import { requestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { SshLine } from './ssh-line.ts'
import { watchedInput, type Input } from './watched-input.ts'

const stderrBytes = 64 * 1024
/** A device that writes more errors than this is not telling us anything. */
const stderrLimitBytes = 64 * 1024 * 1024
const writeBytes = 1024 * 1024

/** How a command on the device ended. */
export interface CommandEnd {
  /** -1 where a signal ended it. */
  readonly exitCode: number
  /** `SIGKILL` and the like. */
  readonly signal: string | undefined
  /** What it wrote to standard error, escaped line by line and cut at 64 KiB. */
  readonly stderr: string
  /** False where the command ended before it had been given all of its input. */
  readonly inputSent: boolean
}

/**
 * One command on the device: its output with back-pressure, its input, its end. Every wait ends when the connection is
 * lost, the device is silent for too long or the caller cancels.
 */
export class SshChannel {
  /** The output; it ends only where the command ended with an exit status. */
  readonly output: PieceQueue
  /** Settles when the command is over; rejects where there is no exit status, because then nobody knows. */
  readonly finished: Promise<CommandEnd>
  readonly #channel: ClientChannel
  readonly #line: SshLine
  readonly #watch: Watch
  readonly #command: string
  readonly #stderr: Buffer[] = []
  #stderrBytes = 0
  #bytes = 0
  #exit: { readonly code: number | null; readonly signal: string | undefined } | undefined
  #inputSent = false
  #isOver = false
  #fail: (error: unknown) => void = () => undefined

  /** Owns `watch` from here on, and disposes it. `watch` is over when the connection is lost. */
  constructor(channel: ClientChannel, line: SshLine, watch: Watch, command: string) {
    this.#channel = channel
    this.#line = line
    this.#watch = watch
    this.#command = command
    this.output = new PieceQueue({
      pause: () => {
        watch.hold()
        channel.pause()
      },
      resume: () => {
        watch.release()
        channel.resume()
      },
      abandon: () => {
        this.abandon()
      },
    })
    this.finished = this.#run()
    // Often looked at only after the output was read; until then a rejection is not unhandled.
    this.finished.catch(() => undefined)
  }

  /** Ends the command's channel without waiting for it. */
  abandon(): void {
    this.#fail(new FailureError({ code: 'cancelled', phase: this.#watch.phase }))
  }

  /**
   * Gives the command its input and closes it. Ends early, without an error, where the command has ended before; where
   * the input itself fails, so does the command.
   */
  async feed(input: Input): Promise<void> {
    try {
      for await (const piece of watchedInput(input, this.#watch)) {
        for (let from = 0; from < piece.length; from += writeBytes) {
          if (!this.#takesInput()) return
          await this.#write(piece.subarray(from, from + writeBytes))
        }
      }
      if (!this.#takesInput()) return
      this.#inputSent = true
      this.#channel.end()
    } catch (error) {
      this.#fail(error)
    }
  }

  async #write(piece: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      this.#channel.write(piece, () => {
        this.#watch.touch()
        resolve()
      })
    })
    // The window of the device is the queue: wait only where it is full.
    if (this.#channel.writableNeedDrain) await until(Promise.race([taken, this.#over()]), this.#watch)
    await until(this.#line.room(piece.length), this.#watch)
  }

  #takesInput(): boolean {
    return !this.#isOver && !this.#watch.signal.aborted && this.#channel.writable
  }

  async #over(): Promise<void> {
    await this.finished.catch(() => undefined)
  }

  async #run(): Promise<CommandEnd> {
    const release = this.#line.hold({
      heldBytes: () => this.#channel.readableLength + this.#channel.stderr.readableLength,
    })
    const failed = new Promise<never>((_resolve, reject) => {
      this.#fail = reject
    })
    try {
      await until(Promise.race([this.#closed(), failed]), this.#watch)
      const end = this.#judge()
      this.output.finish()
      return end
    } catch (error) {
      const { address } = this.#line
      const failure = requestError(error, {
        address,
        phase: this.#watch.phase,
        bytesDone: this.#bytes,
        requestSent: true,
      })
      this.output.fail(failure)
      throw failure
    } finally {
      this.#isOver = true
      release()
      this.#watch[Symbol.dispose]()
      this.#letGo()
    }
  }

  async #closed(): Promise<void> {
    const channel = this.#channel
    channel.on('data', (data: Buffer) => {
      this.#watch.touch()
      this.#bytes += data.length
      this.output.write(data)
    })
    channel.stderr.on('data', (data: Buffer) => {
      this.#watch.touch()
      if (this.#stderrBytes < stderrBytes) this.#stderr.push(data)
      this.#stderrBytes += data.length
      if (this.#stderrBytes > stderrLimitBytes) this.#fail(this.#unexpected('errors without end'))
    })
    channel.on('exit', (code: number | null, signal?: string) => {
      this.#exit ??= { code, signal }
    })
    // A channel that is left when its connection ends would throw; the connection says what happened.
    channel.on('error', this.#fail)
    channel.stderr.on('error', this.#fail)
    await Promise.all([
      new Promise<void>((resolve) => channel.once('close', resolve)),
      new Promise<void>((resolve) => channel.stderr.once('close', resolve)),
    ])
  }

  #judge(): CommandEnd {
    if (this.#line.lost.aborted) throw this.#line.lost.reason
    if (!this.#exit) throw this.#unexpected('ended without an exit status')
    const { code, signal } = this.#exit
    const stderr = escapeLines(Buffer.concat(this.#stderr).subarray(0, stderrBytes).toString('utf8'))
    return {
      exitCode: code ?? -1,
      signal: signal === undefined ? undefined : escapeUntrusted(signal, 40),
      stderr,
      inputSent: this.#inputSent,
    }
  }

  /** Whatever ended the wait, the device shall not go on working for nobody; what still comes is not taken. */
  #letGo(): void {
    if (this.#line.lost.aborted) return
    this.#channel.pause()
    this.#channel.close()
  }

  #unexpected(detail: string): Error {
    return unexpected(this.#line.address, this.#command, detail)
  }
}

function escapeLines(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeUntrusted(line))
    .join('\n')
    .trim()
}
