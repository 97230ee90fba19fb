import { compareVersions } from '../../../shared/compatibility/version.ts'
import type { BridgePlan, BridgeStep } from '../../../shared/model/bridge.ts'
import type { BridgeInput } from '../family.ts'
import { isVersion } from './values.ts'
import { firstForNewAgents, firstWithMigration, routeTo } from './versions.ts'

/**
 * How a server of another version comes to fit: its version is made that of the archive, by upgrades in the vendor's
 * order where it is older, by a new installation where it is newer. Server Migration is the vendor's way to a newer
 * version without this archive. Pure; words: `shared/text/…/bridge-deviceon`.
 */
export function bridge({ device, archive, target }: BridgeInput): BridgePlan | undefined {
  const wanted = archive.source.systemVersion?.value
  const present = target?.systemVersion?.value
  if (wanted === undefined || present === undefined || wanted === present) return undefined
  if (!isVersion(wanted) || !isVersion(present)) return undefined
  const isOlder = compareVersions(present, wanted) < 0
  const route = isOlder ? routeTo(present, wanted) : [wanted]
  const step = (name: string, by: BridgeStep['by'], facts: BridgeStep['facts'] = {}): BridgeStep => ({
    step: name,
    by,
    facts: { device: device.name, ...facts },
  })
  const agentsFall = isOlder && compareVersions(wanted, firstForNewAgents) >= 0
  return {
    settles: ['D1', 'D12'],
    steps: [
      step('save-server', 'person', { version: present }),
      ...(agentsFall ? [step('upgrade-agents', 'person', { version: '1.4.50' })] : []),
      ...(isOlder
        ? route.map((version, index) =>
            step('upgrade', 'person', { from: route[index - 1] ?? present, version }),
          )
        : [step('reinstall', 'person', { from: present, version: wanted })]),
      step('state-version', 'person', { version: wanted }),
      step('check-again', 'person', { version: wanted }),
      ...(compareVersions(wanted, firstWithMigration) >= 0
        ? [step('or-migrate', 'person', { version: present, source: wanted })]
        : []),
    ],
    bring: [
      ...route.map((version) => ({ item: 'installer', facts: { version } })),
      { item: 'licence', facts: {} },
      { item: 'accounts', facts: {} },
    ],
    wayBack: [step('restore-image', 'person', { version: present })],
  }
}
