import type { IdentityChoice, RestoreOptions } from '../../../shared/model/restore.ts'
import type { PlanInput } from '../family.ts'
import type { State } from './compare.ts'
import { isWithin } from './facts.ts'

const hostKeys = ['rsa', 'dsa', 'ecdsa', 'ed25519'].flatMap((kind) => [
  `etc/ssh/ssh_host_${kind}_key`,
  `etc/ssh/ssh_host_${kind}_key.pub`,
])

/** Where a Debian-like host keeps what makes it itself: hostname(5), interfaces(5), netplan(5), passwd(5), sshd(8). */
const places: Readonly<Record<IdentityChoice['id'], readonly string[]>> = {
  hostname: ['etc/hostname'],
  address: [
    'etc/network',
    'etc/netplan',
    'etc/NetworkManager',
    'etc/systemd/network',
    'etc/dhcpcd.conf',
    'etc/resolv.conf',
  ],
  users: ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'].flatMap((name) => [
    `etc/${name}`,
    `etc/${name}-`,
  ]),
  certificates: hostKeys,
}

const ids = [
  'hostname',
  'address',
  'users',
  'certificates',
] as const satisfies readonly IdentityChoice['id'][]

/** The paths that stay as they are on the target. */
export function keptPaths(keep: RestoreOptions['keep']): readonly string[] {
  return keep.flatMap((id) => places[id])
}

/** The part of a state that is kept, or the rest of it. */
export function partOf(state: State, paths: readonly string[], which: 'kept' | 'rest'): State {
  if (paths.length === 0) return which === 'kept' ? new Map() : state
  return new Map(
    [...state].filter(([path]) => paths.some((kept) => isWithin(path, kept)) === (which === 'kept')),
  )
}

/** What may be kept: everything that lies in the parts to be restored. Those of an imported archive are not known yet. */
export function choicesOf(
  { archive, target, device }: PlanInput,
  chosen: readonly string[],
): readonly IdentityChoice[] {
  const values: Readonly<Record<string, readonly [string | undefined, string | undefined]>> = {
    hostname: [archive.source.hostname?.value, target.hostname?.value],
    address: [undefined, device.address],
    users: [undefined, device.user],
    certificates: [undefined, device.pin?.fingerprint],
  }
  return ids.map((id) => {
    const [taken, kept] = values[id] ?? []
    const isHeld =
      chosen.length === 0 ||
      places[id].some((path) => chosen.some((part) => isWithin(path, part) || isWithin(part, path)))
    return {
      id,
      offered: isHeld,
      ...(!isHeld && { reason: 'not-in-archive' }),
      ...(taken !== undefined && { taken: taken.slice(0, 400) }),
      ...(kept !== undefined && { kept: kept.slice(0, 400) }),
    }
  })
}
