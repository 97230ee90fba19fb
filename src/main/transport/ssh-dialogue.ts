import { StringDecoder } from 'node:string_decoder'
import { FailureError } from '../../shared/failure.ts'
import { Watch } from './deadlines.ts'
import type { CommandEnd, SshChannel } from './ssh-channel.ts'
import { startCommand } from './ssh-command.ts'
import type { SshLine } from './ssh-line.ts'

/** How a program is talked to. */
export interface DialogueOptions {
  readonly signal: AbortSignal
  /** A terminal, as for a person; the program's outputs then are one. */
  readonly inTerminal: boolean
  /** How long the whole dialogue may take, in milliseconds. Silence is no reason to end it: `listen` tells of it. */
  readonly totalMs: number
}

/** What a wait for the program came to. `quiet`: it said nothing more for the time given. */
export type Heard = 'heard' | 'quiet' | 'ended'

/** A program on the device that writes and waits for lines. */
export interface Dialogue {
  /** What it has written so far, at most the last 256 Ki characters. Untrusted text, with all of its control characters. */
  readonly text: () => string
  /**
   * Waits until what has been written satisfies `enough`, or the program says nothing for `quietMs`, or it has ended.
   * @throws RequestError where the connection is lost or the time is up
   */
  readonly listen: (options: {
    readonly enough: (text: string) => boolean
    readonly quietMs: number
  }) => Promise<Heard>
  /** Types something. It may be on its way when this returns; a program that has ended never gets it. */
  readonly type: (text: string) => void
  /** Ends the program's input. */
  readonly closeInput: () => void
  /** Settles when the program has ended; rejects where nobody knows how. */
  readonly ended: Promise<CommandEnd>
  /** Lets go of it; a program in a terminal is hung up. */
  readonly close: () => void
}

const keptCharacters = 256 * 1024

/** Starts a program to talk to. Throws as `SshSession.run`. */
export async function converse(line: SshLine, command: string, options: DialogueOptions): Promise<Dialogue> {
  const watch = new Watch({
    address: line.address,
    phase: 'running',
    idleMs: options.totalMs,
    totalMs: options.totalMs,
    signals: [options.signal, line.lost],
  })
  try {
    return new Talk(await startCommand(line, watch, { command, inTerminal: options.inTerminal }))
  } catch (error) {
    watch[Symbol.dispose]()
    throw error
  }
}

class Talk implements Dialogue {
  readonly ended: Promise<CommandEnd>
  readonly #channel: SshChannel
  readonly #lines = new Typed()
  #text = ''
  #movedAt = performance.now()
  #isOver = false
  #failure: Error | undefined
  readonly #waiting = new Set<() => void>()

  constructor(channel: SshChannel) {
    this.#channel = channel
    this.ended = this.#read()
    this.ended.catch(() => undefined)
    void channel.feed(this.#lines)
  }

  text(): string {
    return this.#text
  }

  type(text: string): void {
    this.#lines.add(Buffer.from(text))
  }

  closeInput(): void {
    this.#lines.end()
  }

  close(): void {
    this.#channel.abandon()
  }

  async listen({
    enough,
    quietMs,
  }: {
    readonly enough: (text: string) => boolean
    readonly quietMs: number
  }): Promise<Heard> {
    this.#movedAt = performance.now()
    for (;;) {
      if (enough(this.#text)) return 'heard'
      if (this.#failure !== undefined) throw this.#failure
      if (this.#isOver) return 'ended'
      const leftMs = this.#movedAt + quietMs - performance.now()
      if (leftMs <= 0) return 'quiet'
      await this.#news(leftMs)
    }
  }

  async #read(): Promise<CommandEnd> {
    const decoder = new StringDecoder('utf8')
    try {
      for await (const piece of this.#channel.output) {
        this.#text = (this.#text + decoder.write(piece)).slice(-keptCharacters)
        this.#movedAt = performance.now()
        this.#tell()
      }
      return await this.#channel.finished
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      this.#isOver = true
      this.#lines.end()
      this.#tell()
    }
  }

  async #news(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(go)
        resolve()
      }
      const timer = setTimeout(go, limitMs)
      this.#waiting.add(go)
    })
  }

  #tell(): void {
    for (const go of [...this.#waiting]) go()
  }
}

/** Lines that are given one after the other, for a program that reads when it likes. */
class Typed implements AsyncIterable<Uint8Array> {
  readonly #pieces: Uint8Array[] = []
  #isOver = false
  #wake: () => void = () => undefined

  add(piece: Uint8Array): void {
    if (this.#isOver) throw new FailureError({ code: 'cancelled', phase: 'running' })
    this.#pieces.push(piece)
    this.#wake()
  }

  end(): void {
    this.#isOver = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const piece = this.#pieces.shift()
      if (piece) yield piece
      else if (this.#isOver) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}
