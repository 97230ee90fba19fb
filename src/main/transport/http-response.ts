import { readerOf, type BodyReader } from './http-body.ts'
import {
  framingOf,
  headBytes,
  HttpViolation,
  parseHead,
  type Framing,
  type ResponseHead,
} from './http-head.ts'

export interface ResponseEvents {
  readonly onHead: (head: ResponseHead, framing: Framing) => void
  /** Valid only during the call. */
  readonly onContent: (content: Buffer) => void
}

/** More announcements before the answer itself than this are no announcements. */
const interimAnswers = 8
const headEnd = Buffer.from('\r\n\r\n')

/** Reads one answer out of the bytes of a connection, in pieces of any size, and nothing beyond it. */
export class ResponseReader {
  readonly #method: string
  readonly #events: ResponseEvents
  #head = Buffer.alloc(0)
  #interim = 0
  #body: BodyReader | undefined
  #framing: Framing | undefined
  #contentBytes = 0

  constructor(method: string, events: ResponseEvents) {
    this.#method = method
    this.#events = events
  }

  get isComplete(): boolean {
    return this.#body?.isComplete() === true
  }

  /** Content received so far. */
  get contentBytes(): number {
    return this.#contentBytes
  }

  get framing(): Framing | undefined {
    return this.#framing
  }

  /**
   * Gives how many bytes did not belong to this answer.
   * @throws HttpViolation
   */
  feed(bytes: Buffer): number {
    if (this.#body) return bytes.length - this.#body.feed(bytes)
    const known = this.#head.length
    this.#head = Buffer.concat([this.#head, bytes])
    const end = this.#head.indexOf(headEnd, Math.max(0, known - headEnd.length))
    if ((end < 0 ? this.#head.length : end) > headBytes) throw new HttpViolation('a head without end')
    if (end < 0) return 0
    const text = this.#head.toString('latin1', 0, end)
    const rest = Buffer.from(this.#head.subarray(end + headEnd.length))
    this.#head = Buffer.alloc(0)
    this.#begin(parseHead(text))
    return rest.length === 0 ? 0 : this.feed(rest)
  }

  #begin(head: ResponseHead): void {
    if (head.status < 200) {
      this.#interim += 1
      if (head.status === 101 || this.#interim > interimAnswers)
        throw new HttpViolation(`status ${head.status}`)
      return
    }
    const framing = framingOf(this.#method, head)
    this.#framing = framing
    this.#body = readerOf(framing, (content) => {
      this.#contentBytes += content.length
      this.#events.onContent(content)
    })
    this.#events.onHead(head, framing)
  }
}
