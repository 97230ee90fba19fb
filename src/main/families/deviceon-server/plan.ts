import { FailureError } from '../../../shared/failure.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import type { FamilyPlan, PlanInput } from '../family.ts'
import { leftOut } from './backup.ts'
import { readFacts, type Edition } from './facts.ts'
import { placesOf, type Places } from './places.ts'
import { isVersion } from './values.ts'

const restorePage =
  'DeviceOn manual, Enabling Automated Backups and Restores from Backup Archives, steps 1 to 5'
const toolsPage = 'DeviceOn manual, server management tools'

/**
 * The steps of a restore, in the vendor's order: clean baseline, file on the server, recovery tool, success text; then
 * what the archive cannot bring along. Words: `shared/text/…/procedure-deviceon`.
 * @throws FailureError `bad-input` where the storage folder is not set, or parts are chosen
 */
export function planRestore(input: PlanInput): FamilyPlan {
  const { record, archive, device, target, options } = input
  if (options.parts !== undefined) {
    throw new FailureError({
      code: 'bad-input',
      field: 'parts',
      reason: 'cannot be chosen: the recovery tool of DeviceOn restores the whole backup',
    })
  }
  const edition: Edition = target.traits?.['os']?.value === 'linux' ? 'linux' : 'windows'
  const places = placesOf(readFacts(device.facts), record, edition)
  const roomNeededBytes = record.sizeBytes + (archive.unpackedBytes ?? record.sizeBytes)
  const procedure = [
    ...before(input, places, roomNeededBytes),
    toolStep(input, places),
    ...after(input),
    automatic('remove-upload', { folder: places.stagingFolder }, 'D5'),
  ]
  return {
    steps: [{ step: 'deviceon-procedure', facts: { count: String(procedure.length) }, changes: true }],
    notRestored: record.scope.leftOut.length > 0 ? record.scope.leftOut : leftOut,
    sideEffects: [
      'baseline-erases',
      'accounts-from-archive',
      'portal-down',
      'certificates-not-known',
      ...(edition === 'linux' ? ['linux-tool-not-documented'] : []),
    ],
    roomNeededBytes,
    procedure,
  }
}

function before(
  { record, device, archive }: PlanInput,
  places: Places,
  neededBytes: number,
): readonly StepDraft[] {
  return [
    {
      ...person('baseline', { device: device.name, version: archive.source.systemVersion?.value ?? '' }),
      // Whoever confirms it has erased what the server held.
      changes: true,
      needsNote: true,
      source: restorePage,
    },
    automatic('check-room', { neededBytes: String(neededBytes), folder: places.stagingFolder }, 'G4'),
    automatic(
      'upload',
      { file: record.fileName, path: places.file, bytes: String(record.sizeBytes) },
      restorePage,
    ),
    automatic('compare-hash', { path: places.file, sha256: record.sha256 }, 'D5'),
  ]
}

/** Run by Ferrite only where the person chose that, and only where the tool is documented. */
function toolStep({ options, device }: PlanInput, { tool, file }: Places): StepDraft {
  const facts = { device: device.name, path: file, tool: tool ?? '' }
  if (options.tool === 'run' && tool !== undefined) {
    return { ...automatic('run-tool', facts, restorePage), changes: true }
  }
  return {
    ...person('run-tool-by-hand', facts),
    kind: 'assisted',
    changes: true,
    needsNote: true,
    aids: ['copy-path'],
    source: restorePage,
  }
}

function after({ archive, target, device }: PlanInput): readonly StepDraft[] {
  const [source, present] = [archive.source.traits ?? {}, target.traits ?? {}]
  const isSame = (name: string): boolean =>
    source[name] !== undefined && source[name].value === present[name]?.value
  const valueOf = (name: string): Readonly<Record<string, string>> => ({
    source: source[name]?.value ?? '',
    target: present[name]?.value ?? '',
  })
  const version = archive.source.systemVersion?.value ?? ''
  return [
    ...(isVersion(version) ? [automatic('read-version', { version }, 'D6')] : []),
    ...(isSame('serverAddress')
      ? []
      : [{ ...person('address', valueOf('serverAddress')), needsNote: true, source: toolsPage }]),
    ...(isSame('mac') ? [] : [{ ...person('licence', valueOf('mac')), needsNote: true, source: 'D10' }]),
    {
      ...person('look-at-portal', { device: device.name, version }),
      needsNote: true,
      verifies: true,
      source: 'D6',
    },
    { ...person('agents', {}), source: 'D9' },
  ]
}

function automatic(id: string, facts: StepDraft['facts'], source: string): StepDraft {
  return { ...person(id, facts), kind: 'automatic', source }
}

function person(id: string, facts: StepDraft['facts']): StepDraft {
  return {
    id,
    kind: 'confirmed',
    facts,
    changes: false,
    needsNote: false,
    verifies: false,
    aids: [],
    source: restorePage,
  }
}
