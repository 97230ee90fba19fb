import type { OnReadOpts } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'

/** Takes what a device sends, as long as a request is under way. */
export interface Receiver {
  /** The bytes are valid only during the call. */
  readonly receive: (bytes: Buffer) => void
  /** The connection is over; called once. Without an error, the device has closed it in good order. */
  readonly ended: (error: Error | undefined) => void
}

const readBytes = 64 * 1024

/**
 * One TLS connection. Reads into one buffer that is used again and again, which halves the cost of a transfer.
 * A device that says anything while it was asked nothing loses the connection: what it said could only be taken for
 * the answer to the next request.
 */
export class TlsLine {
  readonly socket: TLSSocket
  #receiver: Receiver | undefined
  #isPaused = false
  #end: { readonly error: Error | undefined } | undefined

  constructor(options: ConnectionOptions) {
    // Node documents `onread` for TCP sockets only, but TLS sockets heed it, too.
    const onread: OnReadOpts = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length, buffer) => this.#receive(buffer, length),
    }
    const reading: ConnectionOptions & { readonly onread: OnReadOpts } = { ...options, onread }
    const socket = connect(reading)
    this.socket = socket
    let failure: Error | undefined
    socket.on('error', (error: Error) => {
      failure = error
    })
    socket.on('end', () => {
      this.#over(failure)
    })
    socket.on('close', () => {
      this.#over(failure ?? new Error('closed'))
    })
  }

  get isUsable(): boolean {
    return !this.#end && !this.socket.destroyed && this.socket.writable
  }

  /** From now on, `receiver` gets what comes. One at a time. */
  attach(receiver: Receiver): void {
    this.#receiver = receiver
    if (this.#end) receiver.ended(this.#end.error)
  }

  detach(): void {
    this.#receiver = undefined
    this.resume()
  }

  pause(): void {
    this.#isPaused = true
    this.socket.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.socket.resume()
  }

  /** Resolves when the system has taken the bytes, or the connection is over: then the receiver hears of it. */
  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => {
      this.socket.write(bytes, () => {
        resolve()
      })
    })
  }

  destroy(): void {
    this.socket.destroy()
  }

  /** Answers whether the socket may go on reading. */
  #receive(buffer: Uint8Array, length: number): boolean {
    if (!this.#receiver) {
      this.destroy()
      return false
    }
    this.#receiver.receive(Buffer.from(buffer.buffer, buffer.byteOffset, length))
    return !this.#isPaused
  }

  #over(error: Error | undefined): void {
    if (this.#end) return
    this.#end = { error }
    this.#receiver?.ended(error)
    // What is closed on one side only is of no use for another request.
    this.socket.destroy()
  }
}
