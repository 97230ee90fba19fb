import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A TCP server that a test has full control of. */
export interface TcpPeer extends AsyncDisposable {
  readonly port: number
  /** Connections so far. */
  readonly connections: () => number
  /** Every byte that was received, of all connections. */
  readonly received: () => Buffer
}

export async function startTcpPeer(serve: (socket: Socket) => void): Promise<TcpPeer> {
  const sockets = new Set<Socket>()
  const received: Buffer[] = []
  let connections = 0
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (data) => received.push(data))
    serve(socket)
  })
  const port = await listening(server)
  return {
    port,
    connections: () => connections,
    received: () => Buffer.concat(received),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await closed(server)
    },
  }
}

/** What happens to a connection after some bytes. */
export type Cut = 'reset' | 'end' | 'black hole' | 'half-close'
export const cuts: readonly Cut[] = ['reset', 'end', 'black hole', 'half-close']

/** Passes a connection on to another port, and cuts it after so many bytes from the server. */
export async function startCutter(target: number, afterBytes: number, cut: Cut): Promise<TcpPeer> {
  return await startTcpPeer((client) => {
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true })
    let bytes = 0
    let isCut = false
    server.on('error', () => client.destroy())
    server.on('close', () => {
      if (!isCut) client.destroy()
    })
    client.on('close', () => server.destroy())
    client.on('data', (data) => {
      if (!isCut) server.write(data)
    })
    server.on('data', (data: Buffer) => {
      if (isCut) return
      const rest = afterBytes - bytes
      bytes += data.length
      client.write(data.subarray(0, rest))
      if (bytes < afterBytes) return
      isCut = true
      if (cut === 'reset') client.resetAndDestroy()
      // Both sides, or only the one towards us: then what we write is still taken, and never answered.
      if (cut === 'end') client.destroySoon()
      if (cut === 'half-close') client.end()
    })
  })
}

export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

export async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  await done
}
