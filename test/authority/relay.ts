import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * An address in a network, at which one device after the other can be found. Whoever takes an address over knows
 * nothing of the connections of the one before, so these end with a reset.
 */
export interface Relay {
  readonly port: number
  /** Bytes that clients have sent since the last `lead`. */
  readonly sentBytes: () => number
  /** How many of those had been sent each time that something arrived. */
  readonly marks: () => readonly number[]
  /** From now on the device that listens on this port has the address; counts anew. Open connections are cut. */
  readonly lead: (port: number) => void
  /** Calls `act` once so many bytes have got through since the last `lead`, in the middle of what is sent if need be. */
  readonly after: (bytes: number, act: () => void) => void
}

interface Due {
  readonly afterBytes: number
  readonly act: () => void
}

/** Starts a relay on loopback for one test. */
export async function startRelay(): Promise<Relay> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let target = 0
  let due: Due | undefined
  let sentBytes = 0
  let marks: number[] = []

  const cut = (): void => {
    for (const [client, device] of pairs) {
      client.resetAndDestroy()
      device.resetAndDestroy()
    }
    pairs.clear()
  }
  const pass = (client: Socket, device: Socket, piece: Buffer): void => {
    const left = due ? due.afterBytes - sentBytes : Infinity
    sentBytes += Math.min(piece.length, left)
    marks.push(sentBytes)
    if (left > piece.length) {
      if (!device.write(piece)) client.pause()
      return
    }
    const reached = due
    due = undefined
    client.pause()
    // The last bytes that get through have to be on their way before the line is cut.
    device.write(piece.subarray(0, left), reached?.act)
  }
  const server = createServer((client) => {
    const device = connect(target, '127.0.0.1')
    const pair = [client, device] as const
    pairs.add(pair)
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
    }
    client.on('data', (piece) => {
      pass(client, device, piece)
    })
    device.on('drain', () => client.resume())
    device.on('data', (piece) => client.write(piece))
    client.on('end', () => device.end())
    device.on('end', () => client.end())
    client.on('close', () => {
      device.destroy()
      pairs.delete(pair)
    })
    device.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    cut()
    const closed = once(server, 'close')
    server.close()
    await closed
  })
  return {
    port: (server.address() as AddressInfo).port,
    sentBytes: () => sentBytes,
    marks: () => marks,
    lead: (port) => {
      cut()
      target = port
      due = undefined
      sentBytes = 0
      marks = []
    },
    after: (afterBytes, act) => {
      due = { afterBytes, act }
    },
  }
}
