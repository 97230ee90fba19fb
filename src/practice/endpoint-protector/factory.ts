import { hashPassword } from '../ctrlx-core/secrets.ts'
import { emptyContent, workingContent } from './content.ts'
import type { EndpointProtectorOptions } from './options.ts'
import type { ApplianceState } from './state.ts'
import { imageLineOf } from './version.ts'

const gigabyte = 1_000_000_000

/** The state of an appliance at its first start. */
export function makeState(options: EndpointProtectorOptions): ApplianceState {
  const { version, credentials, content = 'working' } = options
  const users = [{ name: credentials.user, passwordHash: hashPassword(credentials.password) }]
  // 320 GB is what the vendor asks for from 2510 on; the older figure is the simulator's.
  const totalBytes = (imageLineOf(version) === '5.x' ? 200 : 320) * gigabyte
  return {
    format: 1,
    version,
    host: undefined,
    licence: { kind: content === 'working' ? 'full' : 'none', hasPhpEls: false },
    clientCommunication: content === 'working',
    disk: { totalBytes, freeBytes: totalBytes / 2 },
    content:
      content === 'working' ? workingContent(users, { clientVersion: '5.9.4.3' }) : emptyContent(users),
    lastSeen: {},
    backups: [],
    importing: undefined,
    otherBackups: [],
  }
}
