import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Connection } from 'ssh2'
import ssh2 from 'ssh2'

/** One connection of a client: the socket below it, and its number since the start. */
export interface Line {
  readonly socket: Socket
  readonly number: number
}

/** What a device does with a connection that has just been opened, before anybody has logged in. */
export type ServeConnection = (client: Connection, line: Line) => void

/** Listens itself and hands each socket to the SSH library, so that a connection can be cut at will. */
export class SshServer {
  readonly #serve: ServeConnection
  readonly #listener = createServer((socket) => {
    this.#take(socket)
  })
  readonly #sockets = new Set<Socket>()
  #ssh: ssh2.Server
  #count = 0

  constructor(serve: ServeConnection, privateKey: string) {
    this.#serve = serve
    this.#ssh = this.#serverWith(privateKey)
  }

  async listen(host: string, port: number): Promise<number> {
    this.#listener.listen(port, host)
    await once(this.#listener, 'listening')
    return (this.#listener.address() as AddressInfo).port
  }

  /** Connections opened from now on are shown this key. */
  useKey(privateKey: string): void {
    this.#ssh = this.#serverWith(privateKey)
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close')
    this.#listener.close()
    this.dropConnections()
    await closed
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket)
    socket.setNoDelay(true)
    socket.once('close', () => this.#sockets.delete(socket))
    // Before the library has read anything, nobody else listens.
    socket.on('error', () => socket.destroy())
    this.#ssh.injectSocket(socket)
  }

  #serverWith(privateKey: string): ssh2.Server {
    return new ssh2.Server({ hostKeys: [privateKey] }, (client, { port }) => {
      // The library keeps its socket to itself; the port at the far end tells which one it is.
      const socket = [...this.#sockets].find(({ remotePort }) => remotePort === port)
      this.#count += 1
      if (socket) this.#serve(client, { socket, number: this.#count })
      else client.end()
    })
  }
}

/** The library says that a channel is closed only to those who read it, so the socket is asked. */
export async function gone(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close')
}
