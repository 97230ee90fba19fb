import { mayRestore } from '../../../shared/compatibility/check.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { JobId } from '../../../shared/model/job.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import type { RestoreOptions, RestorePlan } from '../../../shared/model/restore.ts'
import type { Loaded } from '../../stores/loaded.ts'

/** The steps in their order. What a step needs is decided by `furthestStep`, never by a button. */
export const wizardSteps = ['archive', 'target', 'check', 'options', 'confirm', 'run', 'report'] as const
export type WizardStep = (typeof wizardSteps)[number]

/** What the person has chosen so far. */
export interface Wizard {
  readonly step: WizardStep
  /** Only spare and practice devices are offered. */
  readonly isDrill: boolean
  readonly archiveId: ArchiveId | undefined
  readonly deviceId: DeviceId | undefined
  readonly mode: RestoreOptions['mode']
  /** Parts left in; `undefined` for all of them. */
  readonly parts: readonly string[] | undefined
  readonly keep: RestoreOptions['keep']
  /** Ferrite may run the vendor's own tool, where the family has one. */
  readonly runsTool: boolean
  readonly takesSafetyBackup: boolean
  readonly safetyReason: string
  /** Typed reasons to go on against a rule, by rule. */
  readonly overrides: Readonly<Record<string, string>>
  readonly password: string
  readonly typedName: string
  /** The plan of the present choices; absent before it was asked for and after a choice has changed. */
  readonly plan: Loaded<RestorePlan> | undefined
  readonly jobId: JobId | undefined
}

const reasonAtLeast = 8

/** A wizard that knows only what it was opened with. Nothing is chosen for the person. */
export function newWizard(
  archiveId: ArchiveId | undefined,
  deviceId: DeviceId | undefined,
  isDrill = false,
): Wizard {
  const wizard: Wizard = {
    step: 'archive',
    isDrill,
    archiveId,
    deviceId,
    mode: 'merge',
    parts: undefined,
    keep: [],
    runsTool: false,
    takesSafetyBackup: true,
    safetyReason: '',
    overrides: {},
    password: '',
    typedName: '',
    plan: undefined,
    jobId: undefined,
  }
  const step = archiveId === undefined ? 'archive' : deviceId === undefined ? 'target' : 'check'
  return { ...wizard, step }
}

/** True where a typed reason is long enough to be kept. */
export function isReason(text: string): boolean {
  return text.trim().length >= reasonAtLeast
}

/** The choices as main takes them. */
export function optionsOf(wizard: Wizard): RestoreOptions {
  const { mode, parts, takesSafetyBackup, safetyReason, overrides, keep, runsTool } = wizard
  const accepted = Object.entries(overrides).flatMap(([rule, reason]) =>
    isReason(reason) ? [{ rule, reason: reason.trim() }] : [],
  )
  return {
    mode,
    ...(parts !== undefined && { parts }),
    accepted,
    keep,
    ...(runsTool && { tool: 'run' as const }),
    safetyBackup: takesSafetyBackup ? { take: true } : { take: false, reason: safetyReason.trim() },
  }
}

/**
 * The furthest step that can be shown. A blocked plan never leads to the choices, unfinished choices never to the
 * review, and only a started job to the run.
 */
export function furthestStep(wizard: Wizard): WizardStep {
  const { archiveId, deviceId, plan, takesSafetyBackup, safetyReason, parts, jobId } = wizard
  if (jobId !== undefined) return 'report'
  if (archiveId === undefined) return 'archive'
  if (deviceId === undefined) return 'target'
  if (plan?.phase !== 'ready' || !mayRestore(plan.value.fit.verdict)) return 'check'
  const isComplete = (takesSafetyBackup || isReason(safetyReason)) && parts?.length !== 0
  return isComplete ? 'confirm' : 'options'
}

/** True where going to a step is allowed now. */
export function canGoTo(wizard: Wizard, step: WizardStep): boolean {
  return wizardSteps.indexOf(step) <= wizardSteps.indexOf(furthestStep(wizard))
}

/** Takes a choice over. The plan was made from other choices, so it is gone. */
export function withChoice(wizard: Wizard, choice: Partial<Omit<Wizard, 'plan' | 'step' | 'jobId'>>): Wizard {
  return { ...wizard, ...choice, plan: undefined, typedName: '' }
}
