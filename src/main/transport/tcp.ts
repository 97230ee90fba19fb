import { connect, type Socket } from 'node:net'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import { reasonOf, type SilenceWatch } from './deadlines.ts'
import { connectFailure } from './socket-failure.ts'

/**
 * Opens a TCP connection without Nagle's delay: small requests must not wait for acknowledgements (it makes pulls four
 * times as slow).
 * @throws FailureError `device-unreachable`, `device-silent`, `cancelled`
 */
export async function connectTcp(
  address: Address,
  watch: SilenceWatch,
  signal: AbortSignal,
): Promise<Socket> {
  const either = AbortSignal.any([signal, watch.signal])
  if (either.aborted) throw reasonOf(either, 'connecting')
  const socket = connect({ host: address.host, port: address.port, noDelay: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
      either.addEventListener('abort', () => {
        reject(reasonOf(either, 'connecting'))
      })
    })
    return socket
  } catch (error) {
    socket.destroy()
    throw connectFailure(error, formatAddress(address))
  }
}
