import type { App } from '../../../shared/model/identity.ts'
import { FailureError } from '../../../shared/failure.ts'
import type { IdentityChoice, PlanStep } from '../../../shared/model/restore.ts'
import type { LeftOut } from '../../../shared/model/scope.ts'
import { mostBytesToRewrite } from '../../archives/replace-entry.ts'
import type { FamilyPlan, PlanInput } from '../family.ts'
import { keptIds, traitOf } from './kept-elements.ts'

/**
 * The ctrlX part of a restore plan. Words: `shared/text/…/plan-ctrlx`.
 * @throws FailureError `bad-input` where something is to be kept that cannot be
 */
export function planRestore(input: PlanInput): FamilyPlan {
  const { record, archive, options } = input
  const identityChoices = choicesOf(input)
  checkKept(identityChoices, input)
  const uninstalled = options.mode === 'replace' ? missingInArchive(input) : []
  return {
    steps: stepsOf(input, uninstalled),
    notRestored: notRestored(record.scope.leftOut),
    sideEffects: sideEffectsOf(input),
    // The upload is unpacked beside itself before it is applied.
    roomNeededBytes:
      archive.unpackedBytes === undefined ? undefined : record.sizeBytes + archive.unpackedBytes,
    identityChoices,
  }
}

/**
 * What may be kept on the target. The archive is sent without it then, which only a merge leaves alone: a replace resets
 * what a file does not hold.
 */
function choicesOf({ archive, record, options, target, device }: PlanInput): readonly IdentityChoice[] {
  const kept: Readonly<Record<IdentityChoice['id'], string | undefined>> = {
    hostname: target.hostname?.value,
    address: device.address,
    users: device.user,
    certificates: device.pin?.fingerprint,
  }
  return keptIds.map((id) => {
    const taken = archive.source.traits?.[traitOf(id)]?.value
    const reason = reasonAgainst(record, options.mode, taken)
    const present = kept[id]
    return {
      id,
      offered: reason === undefined,
      ...(reason !== undefined && { reason }),
      ...(taken !== undefined && { taken: taken.slice(0, mostShown) }),
      ...(present !== undefined && { kept: present.slice(0, mostShown) }),
    }
  })
}

function reasonAgainst(
  { container, sizeBytes }: PlanInput['record'],
  mode: PlanInput['options']['mode'],
  taken: string | undefined,
): string | undefined {
  if (container === 'tar') return 'legacy-archive'
  if (taken === undefined) return 'not-in-archive'
  if (mode === 'replace') return 'replace-mode'
  return sizeBytes > mostBytesToRewrite ? 'too-large' : undefined
}

function checkKept(choices: readonly IdentityChoice[], { options }: PlanInput): void {
  const refused = choices.find(({ id, offered }) => options.keep.includes(id) && !offered)
  if (!refused) return
  const reason = `asks to keep ${refused.id}, which is not possible here (${refused.reason ?? ''})`
  throw new FailureError({ code: 'bad-input', field: 'keep', reason })
}

function stepsOf(
  { record, options, target }: PlanInput,
  uninstalled: readonly string[],
): readonly PlanStep[] {
  const isLegacy = record.container === 'tar'
  const state = target.operatingState?.value
  const step = (id: string, facts: Readonly<Record<string, string>> = {}, changes = false): PlanStep => ({
    step: id,
    facts,
    changes,
  })
  return [
    ...(options.keep.length > 0 ? [step('leave-out-kept', { kept: options.keep.join(',') })] : []),
    step('upload-and-apply', { file: record.fileName, mode: isLegacy ? 'whole' : options.mode }, true),
    ...(uninstalled.length > 0
      ? [step('uninstall-missing-apps', { apps: uninstalled.join(', ') }, true)]
      : []),
    step('follow-task'),
    step('wait-reboot'),
    step('read-protocol'),
    step('read-back'),
    step('restore-state', state === undefined ? {} : { state }),
  ]
}

/** Apps of the target that a `replace` takes away because the archive does not list them. */
function missingInArchive({ archive, target }: PlanInput): readonly string[] {
  const listed = archive.source.apps
  const installed = target.apps
  if (!installed || listed?.provenance !== 'archive') return []
  return namesOnlyIn(installed.value, listed.value)
}

/** Names of the user apps that are in `apps` and not in `others`. */
export function namesOnlyIn(
  apps: readonly Pick<App, 'name' | 'kind'>[],
  others: readonly Pick<App, 'name'>[],
): readonly string[] {
  const known = new Set(others.map(({ name }) => name))
  return apps.filter(({ name, kind }) => kind === 'user' && !known.has(name)).map(({ name }) => name)
}

const mostShown = 400

/** What no ctrlX backup holds, whatever the record says. */
const neverInside: readonly LeftOut[] = [
  { what: 'licences', reason: 'licence' },
  { what: 'logbook', reason: 'logbook' },
]

function notRestored(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  const always = neverInside.filter(({ reason }) => !leftOut.some((each) => each.reason === reason))
  return [...leftOut, ...always]
}

function sideEffectsOf({ record, archive, options, target }: PlanInput): readonly string[] {
  const isChosen = (part: string): boolean =>
    record.scope.parts.find(({ id }) => id === part)?.chosen !== false
  const serials = [archive.source.serial?.value, target.serial?.value]
  const isSameDevice = serials[0] !== undefined && serials[0] === serials[1]
  return [
    'goes-to-service',
    'may-reboot',
    ...(isChosen('connectivity') && !options.keep.includes('address') ? ['address-may-change'] : []),
    ...(isChosen('identityManagement') && !options.keep.includes('users') ? ['users-may-change'] : []),
    ...(options.mode === 'replace' && record.container !== 'tar' ? ['uninstalls-missing-apps'] : []),
    'licences-stay',
    ...(isSameDevice ? [] : ['own-certificates-only-same-device']),
  ]
}
