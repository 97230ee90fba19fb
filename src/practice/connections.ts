import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** The connection that a request came on. */
export interface Connection {
  /** Counted from 1 since the device was started. */
  readonly number: number
  /** Drops it without a goodbye. */
  readonly reset: () => void
  /** Closes it politely, in the middle of whatever it carried, after these last bytes. */
  readonly end: (lastBytes?: string) => void
}

/** The connections to a device that are open, below TLS: a request knows its own by the port it comes from. */
export class Connections {
  readonly #open = new Map<number, { readonly raw: Socket; readonly number: number }>()
  #count = 0

  /** Takes in a connection that has just come. False for one that is over already. */
  admit(raw: Socket): boolean {
    this.#count += 1
    const { remotePort } = raw
    if (remotePort === undefined) return false
    this.#open.set(remotePort, { raw, number: this.#count })
    raw.on('error', () => undefined)
    raw.on('close', () => this.#open.delete(remotePort))
    return true
  }

  of({ socket }: IncomingMessage): Connection {
    const known = this.#open.get(socket.remotePort ?? 0)
    return {
      number: known?.number ?? 0,
      reset: () => {
        if (known !== undefined && !known.raw.destroyed) known.raw.resetAndDestroy()
        socket.destroy()
      },
      end: (lastBytes = '') => socket.end(lastBytes, 'latin1'),
    }
  }

  /** Ends all of them, whatever they carry. */
  drop(): void {
    for (const { raw } of this.#open.values()) raw.destroy()
  }
}

interface BindOptions {
  readonly port: number
  readonly host: string
  /** 50 ms apart: a port that was just closed can be busy for a moment; one that someone else has taken stays so. */
  readonly attempts: number
}

/** Settles when the server listens. Rejects with `EADDRINUSE` where the port stays busy. */
export async function bind(server: Server, { port, host, attempts }: BindOptions): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    server.listen(port, host)
    try {
      await once(server, 'listening')
      return
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === attempts) throw cause
      await wait(50)
    }
  }
}
