import { connect } from 'node:net'
import type { ServerChannel } from 'ssh2'
import { isForwardingFault } from './faults.ts'
import { endedWith } from '../ssh/logged.ts'
import type { Server } from './server.ts'

/**
 * Carries a connection on to the portal, as `ssh -L` asks for; every other target is refused. In the witness it is
 * `FORWARD` with status 0 when it was carried on and 1 when it was refused.
 */
export function serveForwarding(
  server: Server,
  channel: { readonly accept: () => ServerChannel; readonly reject: () => void },
  wanted: {
    readonly address: string
    readonly port: number
    readonly portalPort: number
    readonly user: string
    readonly number: number
  },
): void {
  const { address, port, portalPort, user, number } = wanted
  const target = `${address}:${port}`
  const fault = server.faults.take(target, isForwardingFault)?.effect
  const open = server.witness.arrived({ method: 'FORWARD', path: target, connection: number })
  const isPortal = /^(127\.0\.0\.1|localhost)$/i.test(address) && port === portalPort
  const isRefused = fault !== undefined || !isPortal
  open.finish(endedWith(isRefused ? 1 : 0, { user, fault }))
  if (isRefused) {
    channel.reject()
    return
  }
  const near = channel.accept()
  const far = connect(portalPort, '127.0.0.1')
  // Either end may vanish at any moment; the other one then goes too.
  near.on('error', () => far.destroy())
  near.on('close', () => far.destroy())
  far.on('error', () => near.end())
  far.on('close', () => near.end())
  near.pipe(far)
  far.pipe(near)
}
