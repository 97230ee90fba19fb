import { createHash } from 'node:crypto'
import type { ServerChannel } from 'ssh2'
import type { Edition } from './editions.ts'

/** The two ends of a program that talks to a person: what it prints, and the lines that are typed. */
export class Terminal {
  readonly #channel: ServerChannel
  readonly #edition: Edition
  readonly #isPty: boolean
  #typed = ''
  #isOver = false
  readonly #digest = createHash('sha256')
  #bytes = 0
  #wake: () => void = () => undefined

  constructor(
    channel: ServerChannel,
    { edition, isPty }: { readonly edition: Edition; readonly isPty: boolean },
  ) {
    this.#channel = channel
    this.#edition = edition
    this.#isPty = isPty
    channel.on('data', (bytes: Buffer) => {
      this.#take(bytes)
    })
    channel.on('end', () => {
      this.#end()
    })
    channel.on('close', () => {
      this.#end()
    })
    // A console of Windows begins with these sequences, whatever runs in it.
    if (isPty && edition.id === 'windows') {
      this.print('\x1b[2J\x1b[m\x1b[H\x1b]0;C:\\Windows\\system32\\cmd.exe\x07\x1b[?25h')
    }
  }

  get isPty(): boolean {
    return this.#isPty
  }

  /** How much has been typed, for the witness. */
  get input(): { readonly bodyBytes: number; readonly bodySha256: string } {
    return { bodyBytes: this.#bytes, bodySha256: this.#digest.copy().digest('hex') }
  }

  /** Prints text in which a line ends with `\n`, as this system ends lines. */
  print(text: string): void {
    const newline = this.#isPty ? '\r\n' : this.#edition.newline
    if (this.#channel.writable) this.#channel.write(text.replaceAll('\n', newline))
  }

  /** The next line without its end, or `undefined` when the input is over without one. */
  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = /\r\n|\r|\n/.exec(this.#typed)
      if (end !== null) {
        const line = this.#typed.slice(0, end.index)
        this.#typed = this.#typed.slice(end.index + end[0].length)
        return line
      }
      if (this.#isOver) return this.#typed === '' ? undefined : this.#rest()
      await this.#more()
    }
  }

  /** Settles when anything has been typed, or the input is over. */
  async readKey(): Promise<void> {
    while (this.#typed.replaceAll('\n', '') === '' && !this.#isOver) await this.#more()
  }

  #take(bytes: Buffer): void {
    this.#bytes += bytes.length
    this.#digest.update(bytes)
    const text = bytes.toString('utf8')
    // Only a terminal shows what is typed, and only it knows the key that interrupts.
    if (this.#isPty) this.print(text.replaceAll('\x03', '^C').replaceAll(/\r\n?/g, '\n'))
    this.#typed += text
    if (this.#isPty && text.includes('\x03')) {
      this.#typed = ''
      this.#isOver = true
    }
    this.#wake()
  }

  #end(): void {
    this.#isOver = true
    this.#wake()
  }

  #rest(): string {
    const rest = this.#typed
    this.#typed = ''
    return rest
  }

  async #more(): Promise<void> {
    await new Promise<void>((fulfil) => (this.#wake = fulfil))
  }
}
