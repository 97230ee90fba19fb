import { connect, type Socket } from 'node:net'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import { until, type Watch } from './deadlines.ts'
import { connectFailure } from './socket-failure.ts'

/**
 * Opens a TCP connection without Nagle's delay: small requests must not wait for acknowledgements (it makes pulls four
 * times as slow).
 * @throws FailureError `device-unreachable`, `device-silent`, `cancelled`
 */
export async function connectTcp(address: Address, watch: Watch): Promise<Socket> {
  if (watch.signal.aborted) throw watch.reason
  const socket = connect({ host: address.host, port: address.port, noDelay: true, keepAlive: true })
  try {
    await until(connected(socket), watch)
    return socket
  } catch (error) {
    socket.destroy()
    throw connectFailure(error, formatAddress(address))
  }
}

async function connected(socket: Socket): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    // Stays for good: an error that comes later is heard by `close`, and must not end the process.
    socket.on('error', reject)
  })
}
