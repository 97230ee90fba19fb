import type { Device } from './device.ts'
import type { ArchiveRecord } from './record.ts'

/**
 * Why an archive cannot be proven by a drill here and now. `limit` picks the sentence in `shared/text/…/proof`.
 * - `architecture`: the archive is of a processor that no device for drills has; a virtual control is x64, so an archive
 *   of arm64 hardware can never be proven on one
 * - `own-machine`: its secrets are bound to the TPM of the machine it came from
 * - `no-device`: no spare or practice device of its kind is in the inventory
 */
export interface ProofLimit {
  readonly limit: 'architecture' | 'own-machine' | 'no-server' | 'no-device'
  readonly facts: Readonly<Record<string, string>>
}

/** What stands against proving this archive with the devices that there are. Pure; empty where nothing does. */
export function proofLimits(
  { family, source, device }: Pick<ArchiveRecord, 'family' | 'source' | 'device'>,
  devices: readonly Pick<Device, 'family' | 'role' | 'identity'>[],
): readonly ProofLimit[] {
  const forDrills = devices.filter((each) => each.family === family && each.role !== 'production')
  const architecture = source.architecture?.value
  const ownMachine: readonly ProofLimit[] =
    source.traits?.['tpm']?.value === 'yes' ? [{ limit: 'own-machine', facts: { device: device.name } }] : []
  if (family === 'ctrlx-core' && architecture !== undefined) {
    // A device that was never read could be any: it does not take the limit away.
    const hasTwin = forDrills.some(({ identity }) => identity?.architecture?.value === architecture)
    return hasTwin ? ownMachine : [...ownMachine, { limit: 'architecture', facts: { architecture } }]
  }
  if (forDrills.length > 0) return ownMachine
  const isServer = family === 'endpoint-protector' || family === 'deviceon-server'
  return [...ownMachine, { limit: isServer ? 'no-server' : 'no-device', facts: {} }]
}
