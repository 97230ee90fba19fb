import { setMaxListeners } from 'node:events'
import type { Socket } from 'node:net'
import type { Client } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import { Watch } from './deadlines.ts'
import { lineFailure, unexpected } from './socket-failure.ts'

const sampleMs = 1_000
/** What may wait in memory to be sent. The device's window, which it may make as large as 4 GiB, is no limit. */
const unsentBytes = 4 * 1024 * 1024
const roomPollMs = 20

/** How much of a connection's data waits in a channel; more than its window means that the device ignores it. */
export interface Holding {
  readonly heldBytes: () => number
}

const windowBytes = 2 * 1024 * 1024

/**
 * A logged-in connection as long as it lasts: notices when it is lost, silent or flooded, tells everyone by `lost`,
 * and then ends it for good.
 */
export class SshLine {
  readonly client: Client
  readonly address: string
  readonly #socket: Socket
  readonly #lost = new AbortController()
  readonly #watch: Watch
  readonly #sampler: NodeJS.Timeout
  readonly #holders = new Set<Holding>()
  readonly #flushedAtStart: number
  readonly #closed: Promise<void>
  #givenBytes = 0
  #lastFlushed = 0

  constructor(client: Client, socket: Socket, address: Address, quietMs: number) {
    this.client = client
    this.#socket = socket
    this.address = formatAddress(address)
    this.#flushedAtStart = this.#flushed()
    // Every command on the connection listens.
    setMaxListeners(0, this.lost)
    this.#watch = new Watch({ address: this.address, phase: 'connected', idleMs: quietMs, signals: [] })
    this.#watch.signal.addEventListener('abort', () => {
      this.lose(this.#watch.reason)
    })
    this.#sampler = setInterval(() => {
      this.#sample()
    }, sampleMs)
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.lose(new Error('closed by the device'))
        resolve()
      })
    })
    client.on('error', (error: Error) => {
      this.lose(error)
    })
    // A device that closes its half only would keep us waiting for what cannot come.
    client.on('end', () => {
      this.lose(new Error('ended by the device'))
    })
    socket.on('data', () => {
      this.#watch.touch()
      this.#refuseFlood()
    })
  }

  /** Aborted, with a FailureError as its reason, when the connection is gone. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** Ends the connection; everything that waits on it is told why. */
  lose(error: unknown): void {
    if (this.lost.aborted) return
    clearInterval(this.#sampler)
    this.#watch[Symbol.dispose]()
    this.#lost.abort(judged(error, this.address))
    this.#socket.destroy()
  }

  /** Says goodbye; never throws and waits no longer than `limitMs`. */
  async close(limitMs: number): Promise<void> {
    if (!this.lost.aborted) {
      try {
        this.client.end()
      } catch {
        // The connection went at this moment; that is what was wanted.
      }
    }
    const timer = setTimeout(() => {
      this.#socket.destroy()
    }, limitMs)
    await this.#closed
    clearTimeout(timer)
  }

  /** From now on until it is called again, the channel counts for the protection against a flood. */
  hold(holder: Holding): () => void {
    this.#holders.add(holder)
    return () => this.#holders.delete(holder)
  }

  /**
   * Counts bytes that were given to a channel, and waits while too many of them are still in memory: unsent because the
   * network is slow, or kept back by a key exchange that the device does not finish.
   */
  async room(bytes: number): Promise<void> {
    this.#givenBytes += bytes
    while (this.#givenBytes - (this.#flushed() - this.#flushedAtStart) > unsentBytes && !this.lost.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          clearTimeout(timer)
          this.#socket.removeListener('drain', go)
          resolve()
        }
        const timer = setTimeout(go, roomPollMs)
        this.#socket.once('drain', go)
      })
    }
  }

  #flushed(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength
  }

  /** Bytes that leave a full buffer show that the other side takes them, long before it has a reason to say so. */
  #sample(): void {
    const flushed = this.#flushed()
    if (this.#socket.writableLength > 0 && flushed > this.#lastFlushed) this.#watch.touch()
    this.#lastFlushed = flushed
  }

  #refuseFlood(): void {
    for (const { heldBytes } of this.#holders) {
      if (heldBytes() > 2 * windowBytes)
        this.lose(unexpected(this.address, 'SSH', 'more data than was allowed'))
    }
  }
}

/** Errors of one damaged or invented packet. The cipher notices them; a retry may mend them. */
const damaged = /unable to authenticate|bad packet length|invalid mac|invalid padding/i

function judged(error: unknown, address: string): FailureError {
  if (error instanceof FailureError) return error
  const level = error instanceof Error && 'level' in error ? error.level : undefined
  const message = error instanceof Error ? error.message : String(error)
  const isProtocol = level === 'protocol' || level === 'handshake'
  if (isProtocol && !damaged.test(message)) return unexpected(address, 'SSH', message, error)
  return lineFailure(error, address, 'connected', 0)
}
