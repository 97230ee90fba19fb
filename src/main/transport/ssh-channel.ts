import type { ClientChannel } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { reasonOf, until, type SilenceWatch } from './deadlines.ts'

const queueBytes = 4 * 1024 * 1024
const stderrBytes = 64 * 1024

/** How a command on the device ended. */
export interface CommandEnd {
  readonly exitCode: number
  /** What it wrote to standard error, escaped and cut at 64 KiB. */
  readonly stderr: string
}

/**
 * One command on the device: its output as pieces with back-pressure, its input, its end. Every wait ends when the
 * connection is lost, the device is silent for too long or the caller cancels.
 */
export class SshChannel {
  /** Settles when the channel is closed; rejects where there is no exit status, because then nobody knows. */
  readonly end: Promise<CommandEnd>
  readonly #channel: ClientChannel
  readonly #address: string
  readonly #signal: AbortSignal
  readonly #watch: SilenceWatch
  readonly #queue: Buffer[] = []
  #queued = 0
  #bytes = 0
  #ended = false
  #wake: () => void = () => undefined

  constructor(channel: ClientChannel, address: string, signal: AbortSignal, watch: SilenceWatch) {
    this.#channel = channel
    this.#address = address
    this.#signal = signal
    this.#watch = watch
    this.end = until(this.#listen(), [signal, watch.signal], 'transferring')
    // The end is often looked at only after the output was read; until then its rejection is not unhandled.
    this.end.catch(() => undefined)
  }

  /** The output, in the pieces in which it came; whoever reads slowly slows the device down. */
  async *output(): AsyncGenerator<Buffer> {
    const either = AbortSignal.any([this.#signal, this.#watch.signal])
    const wake = (): void => {
      this.#wake()
    }
    either.addEventListener('abort', wake)
    try {
      for (;;) {
        if (either.aborted) throw reasonOf(either, 'transferring')
        if (this.#queued > 0) {
          const piece = Buffer.concat(this.#queue)
          this.#queue.length = 0
          this.#queued = 0
          this.#channel.resume()
          yield piece
        } else if (this.#ended) {
          // What stopped without an exit status is cut off, not ended.
          await this.end
          return
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        }
      }
    } finally {
      either.removeEventListener('abort', wake)
    }
  }

  /** Writes the whole input and closes it. Stops early, without an error, where the command has ended before. */
  async write(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const closed = this.end.then(
      () => true,
      () => true,
    )
    for await (const piece of input) {
      this.#watch.touch()
      const writable = this.#channel.write(piece)
      if (this.#ended) return
      if (!writable) {
        const drained = new Promise<boolean>((resolve) => {
          this.#channel.once('drain', () => {
            resolve(false)
          })
        })
        const over = await until(
          Promise.race([drained, closed]),
          [this.#signal, this.#watch.signal],
          'uploading',
        )
        if (over) return
      }
    }
    this.#channel.end()
  }

  /** Ends the channel without waiting for the command. */
  close(): void {
    this.#channel.close()
  }

  async #listen(): Promise<CommandEnd> {
    const channel = this.#channel
    const errors: Buffer[] = []
    let errorBytes = 0
    let exitCode: number | undefined
    let exitSignal = ''
    channel.on('data', (data: Buffer) => {
      this.#watch.touch()
      this.#bytes += data.length
      this.#queue.push(data)
      this.#queued += data.length
      if (this.#queued >= queueBytes) channel.pause()
      this.#wake()
    })
    channel.stderr.on('data', (data: Buffer) => {
      this.#watch.touch()
      if (errorBytes < stderrBytes) errors.push(data)
      errorBytes += data.length
    })
    channel.on('drain', () => {
      this.#watch.touch()
    })
    channel.on('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? undefined
      exitSignal = signal ?? ''
    })
    // An error on a channel is always followed by `close`, where it is judged.
    channel.on('error', () => undefined)
    await new Promise<void>((resolve) => {
      channel.on('close', resolve)
    })
    this.#ended = true
    this.#wake()
    const stderr = escapeLines(Buffer.concat(errors).toString('utf8'))
    if (exitCode !== undefined) return { exitCode, stderr }
    if (exitSignal !== '') return { exitCode: -1, stderr: `${stderr}\n${escapeUntrusted(exitSignal)}` }
    throw new FailureError({
      code: 'connection-lost',
      address: this.#address,
      phase: 'transferring',
      bytesDone: this.#bytes,
    })
  }
}

function escapeLines(text: string): string {
  return text
    .slice(0, stderrBytes)
    .split('\n')
    .map((line) => escapeUntrusted(line))
    .join('\n')
    .trim()
}
