import { HttpViolation, type Framing } from './http-head.ts'

const chunkLineBytes = 256
const trailerBytes = 8 * 1024

/**
 * Takes the bytes of a body apart as they come, in pieces of any size.
 * `feed` gives how many bytes of `bytes` belong to the body's framing; the rest would belong to nothing.
 */
export interface BodyReader {
  readonly isComplete: () => boolean
  /** @throws HttpViolation */
  readonly feed: (bytes: Buffer) => number
}

/** Makes the reader for a framing; `emit` gets the content, valid only during the call. */
export function readerOf(framing: Framing, emit: (content: Buffer) => void): BodyReader {
  switch (framing.kind) {
    case 'length':
      return new LengthReader(framing.bytes, emit)
    case 'chunked':
      return new ChunkReader(emit)
    case 'until-close':
      return {
        isComplete: () => false,
        feed: (bytes) => {
          emit(bytes)
          return bytes.length
        },
      }
  }
}

class LengthReader implements BodyReader {
  #rest: number
  readonly #emit: (content: Buffer) => void

  constructor(bytes: number, emit: (content: Buffer) => void) {
    this.#rest = bytes
    this.#emit = emit
  }

  isComplete(): boolean {
    return this.#rest === 0
  }

  feed(bytes: Buffer): number {
    const content = bytes.length > this.#rest ? bytes.subarray(0, this.#rest) : bytes
    this.#rest -= content.length
    if (content.length > 0) this.#emit(content)
    return content.length
  }
}

type ChunkState = 'size' | 'content' | 'content-end' | 'trailer' | 'complete'

class ChunkReader implements BodyReader {
  #state: ChunkState = 'size'
  #line = ''
  #rest = 0
  #trailer = 0
  readonly #emit: (content: Buffer) => void

  constructor(emit: (content: Buffer) => void) {
    this.#emit = emit
  }

  isComplete(): boolean {
    return this.#state === 'complete'
  }

  feed(bytes: Buffer): number {
    let at = 0
    while (at < bytes.length && this.#state !== 'complete') {
      at += this.#state === 'content' ? this.#content(bytes, at) : this.#lineByte(bytes, at)
    }
    return at
  }

  #content(bytes: Buffer, at: number): number {
    const content = bytes.subarray(at, at + this.#rest)
    this.#rest -= content.length
    if (this.#rest === 0) this.#state = 'content-end'
    this.#emit(content)
    return content.length
  }

  /** Lines between the contents are short, so reading them byte by byte costs nothing. */
  #lineByte(bytes: Buffer, at: number): number {
    this.#line += String.fromCharCode(bytes[at] ?? 0)
    if (this.#line.length > chunkLineBytes + trailerBytes) throw new HttpViolation('a chunk line without end')
    if (this.#line.endsWith('\n')) {
      if (!this.#line.endsWith('\r\n')) throw new HttpViolation('a chunk line that ends with LF alone')
      const line = this.#line.slice(0, -2)
      this.#line = ''
      this.#takeLine(line)
    }
    return 1
  }

  #takeLine(line: string): void {
    switch (this.#state) {
      case 'size': {
        const [, size] = /^([0-9a-f]{1,13})[ \t]*(?:;[^\0\r\n]*)?$/i.exec(line) ?? []
        if (size === undefined || line.length > chunkLineBytes) {
          throw new HttpViolation(`chunk size ${line.slice(0, 40)}`)
        }
        this.#rest = Number.parseInt(size, 16)
        this.#state = this.#rest === 0 ? 'trailer' : 'content'
        return
      }
      case 'content-end':
        if (line !== '') throw new HttpViolation('a chunk longer than announced')
        this.#state = 'size'
        return
      default:
        // Trailers say nothing that Ferrite asks for.
        this.#trailer += line.length + 2
        if (this.#trailer > trailerBytes) throw new HttpViolation('trailers without end')
        if (line === '') this.#state = 'complete'
    }
  }
}
