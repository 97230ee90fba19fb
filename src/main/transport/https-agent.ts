import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'

/** Opens a checked connection. */
export type OpenSocket = () => Promise<TLSSocket>

/**
 * Keeps at most one connection, opened and checked by our own function, and counts them: what was learnt on one
 * connection need not hold on the next.
 */
export class PinnedAgent extends Agent {
  readonly #open: OpenSocket
  #serial = 0
  #frozenAt: number | undefined

  constructor(open: OpenSocket) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 })
    this.#open = open
  }

  /** Number of the newest connection; 0 before the first. */
  get serial(): number {
    return this.#serial
  }

  /** Until `thaw`, no connection is opened and only that one may be used. */
  freeze(serial: number): void {
    this.#frozenAt = serial
  }

  thaw(): void {
    this.#frozenAt = undefined
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const done = callback as unknown as (error: Error | null, stream?: Duplex) => void
    if (this.#frozenAt !== undefined) {
      done(new ConnectionGone())
      return
    }
    this.#open().then(
      (socket) => {
        this.#serial += 1
        done(null, socket)
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)))
      },
    )
  }
}

/** The connection that a request had to use is no longer there. */
export class ConnectionGone extends Error {
  override readonly name = 'ConnectionGone'
}
