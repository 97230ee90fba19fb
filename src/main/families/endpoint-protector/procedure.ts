import { formatAddress, parseAddress } from '../../../shared/model/address.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import type { PlanInput } from '../family.ts'
import { addressPlan, isOwnServer } from './address-rules.ts'
import { integrationList } from './preparation-rules.ts'
import { lineOf } from './versions.ts'

type Facts = StepDraft['facts']
type Extra = Partial<Pick<StepDraft, 'needsNote' | 'verifies' | 'changes' | 'aids'>>

const guide = 'Netwrix Endpoint Protector migration guide'

const step = (
  kind: StepDraft['kind'],
  id: string,
  facts: Facts,
  source: string,
  extra: Extra = {},
): StepDraft => ({
  id,
  kind,
  facts,
  changes: false,
  needsNote: false,
  verifies: false,
  aids: [],
  source,
  ...extra,
})
const byPerson = step.bind(undefined, 'confirmed')
const byFerrite = step.bind(undefined, 'automatic')
const withNote = { needsNote: true } as const

/**
 * The vendor's migration as steps (guide of April 2026 and those of the two lines), with what Ferrite can see from
 * outside between them. The words are in `shared/text/…/procedure-endpoint-protector`.
 */
export function procedureOf(input: PlanInput): readonly StepDraft[] {
  return [
    ...preparation(input),
    ...migration(input),
    ...afterwards(input),
    ...cutOver(input),
    byPerson('clients-on', { device: input.device.name }, guide),
    ...(isSameServer(input) ? [] : [byPerson('keep-old', { old: input.record.device.name }, guide)]),
    byPerson('new-backup', { device: input.device.name }, guide),
    byPerson('keep-the-original', { file: input.record.fileName, sha256: input.record.sha256 }, 'E11'),
  ]
}

function isSameServer({ device, record }: PlanInput): boolean {
  return isOwnServer(record, device.address)
}

function preparation(input: PlanInput): readonly StepDraft[] {
  const { device, record, archive, target } = input
  const { name, address } = device
  const names = { old: record.device.name, target: name }
  const line = target.systemVersion === undefined ? '2510' : lineOf(target.systemVersion.value)
  return [
    byPerson(
      'source-state',
      { ...names, version: archive.source.systemVersion?.value ?? '' },
      'E13, E14',
      withNote,
    ),
    byPerson('snapshot', names, 'E12', withNote),
    byPerson('save-other-backups', names, 'E7, E8'),
    byFerrite('target-answers', { address }, guide),
    ...(isSameServer(input) ? [] : [byPerson('temporary-address', { ...names, address }, 'E19')]),
    byPerson('clients-off', { device: name }, 'E16'),
    byPerson('licence', { device: name, line }, 'E15'),
    byPerson(
      'target-version',
      { device: name, version: target.systemVersion?.value ?? '' },
      'E3, E6',
      withNote,
    ),
  ]
}

function migration({ device, record }: PlanInput): readonly StepDraft[] {
  const { address } = device
  return [
    step('assisted', 'import', { address, file: record.fileName }, guide, {
      changes: true,
      needsNote: true,
      aids: ['open-address', 'copy-path', 'copy-key', 'show-file'],
    }),
    byFerrite('wait-after-import', { minutes: '5' }, guide),
    byFerrite('target-again', { address }, guide),
    byPerson('check-restored', { device: device.name, old: record.device.name }, guide, {
      verifies: true,
      needsNote: true,
    }),
  ]
}

function afterwards({ device, archive, target }: PlanInput): readonly StepDraft[] {
  const trait = (name: string): string | undefined => archive.source.traits?.[name]?.value
  const list = integrationList(trait('integrations') ?? '').join(', ')
  const is2608 = target.systemVersion !== undefined && lineOf(target.systemVersion.value) === '2608'
  return [
    ...(is2608 ? [byPerson('licence-after', { device: device.name }, 'E15')] : []),
    byPerson('secrets', { device: device.name, list }, 'E17'),
    ...(trait('eDiscovery') === 'no' ? [] : [byPerson('e-discovery', { device: device.name }, 'E22')]),
    byPerson(
      'client-packages',
      { client: trait('clientVersion') ?? '', modules: trait('modules') ?? '' },
      'E18',
    ),
  ]
}

/** The old appliance goes, and its address with it; nobody may answer there in between. */
function cutOver(input: PlanInput): readonly StepDraft[] {
  if (isSameServer(input)) return []
  const { device, record, target } = input
  const { old, final, kept } = addressPlan(record, target)
  const names = { old: record.device.name, target: device.name }
  const oldAddress = old === undefined ? '' : inFull(old)
  const silent =
    old === undefined
      ? []
      : [byFerrite('old-silent', { ...names, address: oldAddress, temporary: device.address }, 'E9')]
  const powerOff = byPerson('power-off-old', { ...names, address: oldAddress }, 'E9')
  if (kept === false || final === undefined) {
    return [powerOff, ...silent, byPerson('other-address', names, 'E10')]
  }
  const address = inFull(final)
  return [
    powerOff,
    ...silent,
    byPerson('move-address', { ...names, address }, 'E9'),
    byFerrite('final-certificate', { ...names, address, temporary: device.address }, 'E9'),
    byPerson('inventory', { ...names, address }, 'E9', { aids: ['move-device'] }),
  ]
}

/** An address as a person gave it, with its scheme. */
function inFull(text: string): string {
  return formatAddress(parseAddress(text, 'https'))
}
