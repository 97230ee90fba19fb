import type { BridgePlan, BridgeStep } from '../../../shared/model/bridge.ts'
import type { BridgeInput } from '../family.ts'
import { certainLimitBytes } from '../../../shared/model/endpoint-protector-size.ts'
import { kindOf } from './file-rules.ts'
import { compareAppliances, lineOf, migrationOf, type Migration } from './versions.ts'

const byPerson = (step: string, facts: BridgeStep['facts'] = {}): BridgeStep => ({
  step,
  facts,
  by: 'person',
})

/**
 * How a backup that its target does not take is replaced by one that it takes: everything happens on the old appliance,
 * and ends with a new backup and a new key.
 */
export function bridge({ record, archive, target }: BridgeInput): BridgePlan | undefined {
  const source = archive.source.systemVersion?.value
  const present = target?.systemVersion?.value
  const migration = migrationFor(source, present)
  const isTooLarge = record.sizeBytes > certainLimitBytes && kindOf({ record, archive }).kind !== 'v1'
  const isKeyMissing = archive.keyKept === false
  const upgrade = upgradeSteps(migration, source ?? '')
  const settles = [
    ...(isKeyMissing ? ['E1'] : []),
    ...(isTooLarge ? ['E2'] : []),
    ...(upgrade.length > 0 ? ['E3'] : []),
  ]
  if (settles.length === 0) return undefined
  return {
    settles,
    steps: [
      byPerson('snapshot-old', { old: record.device.name }),
      ...upgrade,
      ...(isTooLarge ? [byPerson('export-logs'), byPerson('clean-logs')] : []),
      byPerson('new-backup', { old: record.device.name }),
      byPerson('import-new', { old: record.device.name }),
    ],
    bring: [
      ...(migration === 'step-by-step' ? [{ item: 'upgrade-files', facts: { source: source ?? '' } }] : []),
      ...(upgrade.some(({ step }) => step === 'patch-to-5942') ? [{ item: 'patch-5942', facts: {} }] : []),
      ...(migration === 'upgrade-recommended' ? [{ item: 'patch-2604', facts: {} }] : []),
      { item: 'console-login', facts: { old: record.device.name } },
    ],
    wayBack: [byPerson('snapshot-back', { old: record.device.name })],
  }
}

function migrationFor(source: string | undefined, present: string | undefined): Migration | undefined {
  if (source === undefined || present === undefined) return undefined
  const line = lineOf(present)
  return line === '5.x' || compareAppliances(source, present) > 0 ? undefined : migrationOf(source, line)
}

function upgradeSteps(migration: Migration | undefined, source: string): readonly BridgeStep[] {
  const wait: BridgeStep = { step: 'wait-nightly', facts: { hours: '24' }, by: 'wait' }
  const patch = [byPerson('patch-to-5942', { source }), wait]
  switch (migration) {
    case 'step-by-step':
      return [byPerson('upgrade-step-by-step', { source }), ...patch]
    case 'patch-first':
      return patch
    case 'upgrade-recommended':
      return [byPerson('upgrade-to-2604', { source }), wait]
    default:
      return []
  }
}
