import { FailureError } from '../../../shared/failure.ts'
import type { IdentityChoice, PlanStep, RestoreOptions } from '../../../shared/model/restore.ts'
import type { LeftOut } from '../../../shared/model/scope.ts'
import type { FamilyPlan, PlanInput } from '../family.ts'
import { isWithin, readFacts } from './facts.ts'
import { choicesOf } from './kept-paths.ts'

/**
 * The Linux part of a restore plan. Words: `shared/text/…/plan-linux`.
 *
 * Only `merge` is offered: `tar` puts files in their places and keeps what the archive does not hold. Removing the
 * rest would mean to delete on a running system by a list, and no tool of the device does that whole or not at all.
 * @throws FailureError `bad-input` for `replace`, for parts that the archive does not hold, and for parts that the
 *   safety backup would not hold
 */
export function planRestore(input: PlanInput): FamilyPlan {
  const { record, archive, device, options } = input
  checkMode(options)
  const facts = readFacts(device.facts)
  const parts = record.scope.parts.filter(({ chosen }) => chosen).map(({ id }) => id)
  const chosen = chosenParts(parts, options)
  checkWayBack(chosen, facts.paths, options)
  const identityChoices = choicesOf(input, chosen)
  checkKept(identityChoices, options)
  const notChosen = parts.filter((part) => !chosen.some((each) => isWithin(part, each)))
  return {
    steps: stepsOf(input, chosen),
    notRestored: [
      ...record.scope.leftOut,
      ...notChosen.map((what): LeftOut => ({ what, reason: 'not-chosen' })),
    ],
    sideEffects: sideEffectsOf(input, chosen),
    // The upload lies on the device while it is unpacked.
    roomNeededBytes:
      archive.unpackedBytes === undefined ? undefined : record.sizeBytes + archive.unpackedBytes,
    identityChoices,
  }
}

function checkKept(choices: readonly IdentityChoice[], { keep }: RestoreOptions): void {
  const refused = choices.find(({ id, offered }) => keep.includes(id) && !offered)
  if (!refused) return
  const reason = `asks to keep ${refused.id}, which the parts to restore do not hold`
  throw new FailureError({ code: 'bad-input', field: 'keep', reason })
}

/** @throws FailureError `bad-input` */
export function checkMode({ mode }: RestoreOptions): void {
  if (mode === 'merge') return
  throw new FailureError({
    code: 'bad-input',
    field: 'mode',
    reason:
      'asks to remove what the archive does not hold, which is not offered for a Linux host: choose merge',
  })
}

/**
 * The parts to restore: those of the options, else all. Any path in a part may be chosen. An imported archive has no
 * parts on record, so that its choices can be judged only once it is open.
 * @throws FailureError `bad-input`
 */
export function chosenParts(parts: readonly string[], { parts: wanted }: RestoreOptions): readonly string[] {
  if (wanted === undefined) return parts
  if (wanted.length === 0)
    throw new FailureError({ code: 'bad-input', field: 'parts', reason: 'names nothing' })
  const foreign = wanted.find((each) => parts.length > 0 && !parts.some((part) => isWithin(each, part)))
  if (foreign === undefined) return wanted
  throw new FailureError({
    code: 'bad-input',
    field: 'parts',
    reason: `names “${foreign}”, which the archive does not hold`,
  })
}

/**
 * A safety backup holds the paths that are set for the device. What it does not hold must not be overwritten, or
 * there would be no way back.
 * @throws FailureError `bad-input`
 */
export function checkWayBack(
  chosen: readonly string[],
  paths: readonly string[],
  { safetyBackup }: RestoreOptions,
): void {
  if (!safetyBackup.take) return
  const uncovered = chosen.filter((part) => !paths.some((path) => isWithin(part, path)))
  if (uncovered.length === 0) return
  throw new FailureError({
    code: 'bad-input',
    field: 'paths',
    reason: `does not hold ${uncovered.join(', ')}, so the safety backup could not bring that back: add it for this device, or restore fewer parts`,
  })
}

function stepsOf({ record, device, options }: PlanInput, chosen: readonly string[]): readonly PlanStep[] {
  const { root, services, stagingFolder } = readFacts(device.facts)
  const step = (id: string, facts: Readonly<Record<string, string>>, changes = false): PlanStep => ({
    step: id,
    facts,
    changes,
  })
  const where = { root, parts: chosen.join(', ') }
  return [
    step('upload', { file: record.fileName, bytes: String(record.sizeBytes), folder: stagingFolder }),
    step('check-upload', { sha256: record.sha256 }),
    ...(options.keep.length > 0 ? [step('leave-out-kept-paths', { kept: options.keep.join(',') })] : []),
    step('apply', where, true),
    ...(services.length > 0 ? [step('restart-services', { services: services.join(', ') }, true)] : []),
    step('read-back-files', where),
  ]
}

function sideEffectsOf(
  { device, archive, target, options }: PlanInput,
  chosen: readonly string[],
): readonly string[] {
  const { root, services } = readFacts(device.facts)
  const holdsSettings =
    root === '/' &&
    (chosen.length === 0 || chosen.some((part) => isWithin(part, 'etc') || isWithin('etc', part)))
  const serials = [archive.source.serial?.value, target.serial?.value]
  const isSameDevice = serials[0] !== undefined && serials[0] === serials[1]
  const keepsHost = (['hostname', 'address', 'certificates'] as const).every((id) =>
    options.keep.includes(id),
  )
  const isSuperuser = target.rights?.value.includes('root') ?? false
  return [
    'overwrites-files',
    'keeps-other-files',
    services.length > 0 ? 'services-restarted' : 'services-not-restarted',
    ...(holdsSettings && !options.keep.includes('users') ? ['users-from-archive'] : []),
    ...(holdsSettings && !isSameDevice && !keepsHost ? ['host-identity-from-archive'] : []),
    ...(isSuperuser ? [] : ['owners-not-restored']),
    'attributes-not-compared',
  ]
}
