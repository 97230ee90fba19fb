import { createHash, randomUUID } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Fit } from '../../shared/model/finding.ts'
import { identityName } from '../../shared/model/identity-name.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { PlanStep, Removal, RestoreOptions, RestorePlan } from '../../shared/model/restore.ts'
import type { FamilyPlan } from '../families/family.ts'

export interface PlanFacts {
  readonly record: ArchiveRecord
  readonly device: Device
  readonly target: Identity
  readonly options: RestoreOptions
  readonly fit: Fit
  readonly family: FamilyPlan
  /** The step in which a person sees to the way back, where Ferrite cannot take one. */
  readonly wayBackStep?: string | undefined
  /** What would be taken away from the device, where it could be asked. */
  readonly removals?: readonly Removal[] | undefined
}

const removalsShown = 2000

/** Makes the plan a person reviews. Pure but for its id and time. */
export function makePlan(facts: PlanFacts, now = new Date()): RestorePlan {
  const { record, device, target, options, fit, family } = facts
  const step = (name: string, stepFacts: PlanStep['facts'] = {}): PlanStep => ({
    step: name,
    facts: stepFacts,
    changes: false,
  })
  const safety = step(...wayBackOf(facts))
  return {
    id: `plan-${randomUUID().replaceAll('-', '').slice(0, 12)}`,
    hash: planHash(facts),
    createdAt: now.toISOString(),
    archiveId: record.id,
    archiveSha256: record.sha256,
    deviceId: device.id,
    deviceName: device.name,
    target,
    options,
    fit,
    steps: [
      step('check-archive', { sha256: record.sha256 }),
      step('check-fit'),
      safety,
      step('confirm-identity'),
      step('write-intent'),
      ...family.steps,
      step('report'),
    ],
    notRestored: family.notRestored,
    sideEffects: family.sideEffects,
    ...(facts.removals && { removals: facts.removals.slice(0, removalsShown) }),
    identityChoices: family.identityChoices ?? [],
    ...(family.procedure && { procedure: family.procedure }),
  }
}

function wayBackOf({
  device,
  options: { safetyBackup },
  wayBackStep,
}: PlanFacts): [string, PlanStep['facts']] {
  if (!safetyBackup.take) return ['no-safety-backup', { reason: safetyBackup.reason }]
  if (wayBackStep !== undefined) return ['way-back-by-person', { step: wayBackStep }]
  return ['safety-backup', { device: device.name }]
}

/**
 * What the person agreed to, in one hash: the archive's bytes, the device with its pin, its state and the choices.
 * A plan made again from changed facts has another hash.
 */
export function planHash({
  record,
  device,
  target,
  options,
}: Pick<PlanFacts, 'record' | 'device' | 'target' | 'options'>): string {
  const agreed = [record.sha256, device.id, device.name, device.pin?.fingerprint, stateOf(target), options]
  return createHash('sha256').update(JSON.stringify(agreed)).digest('hex')
}

/** The facts of an identity that may not change between the plan and the changing call, as comparable text. */
export function stateOf(identity: Identity): string {
  const { model, architecture, systemVersion, serial, hostname, operatingState, apps } = identity
  const facts = [model, architecture, systemVersion, serial, hostname, operatingState]
  const texts = facts.map((fact) => fact?.value)
  const appList = apps?.value
    .map(({ name, version, enabled }) => `${name} ${version}${enabled ? '' : ' (disabled)'}`)
    .sort()
  return JSON.stringify([...texts, appList])
}

/**
 * Compares a reading with the one the plan was made from.
 * @throws FailureError `wrong-device` where another device answers, `plan-stale` where the same one has changed
 */
export function confirmSameDevice(plan: Pick<RestorePlan, 'target'>, now: Identity): void {
  const before = plan.target
  if (before.serial?.value !== now.serial?.value || before.model?.value !== now.model?.value) {
    throw new FailureError({
      code: 'wrong-device',
      expected: identityName(before),
      actual: identityName(now),
    })
  }
  for (const fact of ['systemVersion', 'architecture', 'hostname', 'operatingState'] as const) {
    const expected = before[fact]?.value ?? ''
    const actual = now[fact]?.value ?? ''
    if (expected !== actual) throw new FailureError({ code: 'plan-stale', reason: fact, expected, actual })
  }
  if (stateOf(before) !== stateOf(now)) {
    throw new FailureError({ code: 'plan-stale', reason: 'apps', ...appsThatDiffer(before, now) })
  }
}

function appsThatDiffer(
  before: Identity,
  now: Identity,
): { readonly expected: string; readonly actual: string } {
  const list = ({ apps }: Identity): readonly string[] =>
    (apps?.value ?? []).map(
      ({ name, version, enabled }) => `${name} ${version}${enabled ? '' : ' (disabled)'}`,
    )
  const [was, is] = [list(before), list(now)]
  const only = (some: readonly string[], others: readonly string[]): string =>
    some.filter((app) => !others.includes(app)).join(', ')
  return { expected: only(was, is), actual: only(is, was) }
}

/** What the person typed to go on against a rule, by rule: for the history. */
export function acceptedIn({ options }: Pick<RestorePlan, 'options'>): Readonly<Record<string, string>> {
  return Object.fromEntries(options.accepted.map(({ rule, reason }) => [`accepted ${rule}`, reason]))
}
