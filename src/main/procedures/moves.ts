import { FailureError, type Failure } from '../../shared/failure.ts'
import {
  currentStep,
  type Evidence,
  type Procedure,
  type ProcedureStep,
  type StepState,
} from '../../shared/model/procedure.ts'

const shortestNote = 3

/** How a person says that a step is done, or what they found where it was unclear. */
export interface Confirmation {
  readonly stepId: string
  readonly by: string
  readonly note: string | undefined
  readonly at: string
}

/**
 * The changing steps never begin before there is a way back: a safety backup, a person's typed reason for going
 * without, or the done step in which a person noted a snapshot.
 * @throws FailureError `way-back-missing`
 */
export function checkWayBack(procedure: Procedure, wayBackStep: string | undefined): void {
  const { plan, steps, safetyArchiveId } = procedure
  const isNoted = steps.some(({ draft, state }) => draft.id === wayBackStep && state.phase === 'done')
  if (safetyArchiveId !== undefined || isNoted || !plan.options.safetyBackup.take) return
  throw new FailureError({ code: 'way-back-missing', device: plan.deviceName })
}

/** The current step, where it is the named one. @throws FailureError `step-not-current` */
export function currentStepOf(procedure: Procedure, stepId: string): ProcedureStep {
  const step = procedure.report === undefined ? currentStep(procedure) : undefined
  if (step?.draft.id === stepId) return step
  throw new FailureError({ code: 'step-not-current', step: stepId, current: step?.draft.id ?? 'ended' })
}

/**
 * Ferrite begins a step. One that runs or is unclear never begins again, and what a person does never begins here.
 * @throws FailureError `step-not-current`
 */
export function beginStep(procedure: Procedure, stepId: string, at: string, owner: string): Procedure {
  const { draft, state } = currentStepOf(procedure, stepId)
  if (draft.kind !== 'automatic') throw notNow(stepId, draft.kind)
  if (state.phase !== 'ahead' && state.phase !== 'failed') throw notNow(stepId, state.phase)
  return { ...withState(procedure, stepId, { phase: 'running', since: at, intended: false }), owner }
}

/** R11: from here on the changing call may have left. @throws FailureError `step-not-current` */
export function intendStep(procedure: Procedure, stepId: string): Procedure {
  const state = runningStateOf(procedure, stepId)
  if (state.intended) throw notNow(stepId, 'intended')
  return withState(procedure, stepId, { ...state, intended: true })
}

/** Ferrite did the step and has something to show for it. @throws FailureError `step-not-current` */
export function proveStep(
  procedure: Procedure,
  stepId: string,
  done: { readonly at: string; readonly evidence: readonly Evidence[] },
): Procedure {
  runningStateOf(procedure, stepId)
  return withState(procedure, stepId, { phase: 'done', by: 'ferrite', ...done })
}

/**
 * The step did not succeed: it may be tried again, unless its changing call may have left.
 * @throws FailureError `step-not-current`
 */
export function failStep(procedure: Procedure, stepId: string, at: string, failure: Failure): Procedure {
  const { intended } = runningStateOf(procedure, stepId)
  if (!intended) return withState(procedure, stepId, { phase: 'failed', at, failure })
  const { code, ...facts } = failure
  // The failure's own sentences would say that nothing was changed; here nobody knows that.
  const detail = [code, ...Object.values(facts).map(String)].join(', ')
  return withState(procedure, stepId, { phase: 'unclear', at, failure: unknownOutcome(procedure, detail) })
}

/** A person stopped the step before its changing call could leave: it is as if it had never begun. */
export function stopStep(procedure: Procedure, stepId: string): Procedure {
  const { intended } = runningStateOf(procedure, stepId)
  if (intended) throw notNow(stepId, 'intended')
  return withState(procedure, stepId, { phase: 'ahead' })
}

/** The changing call certainly did not leave. @throws FailureError `step-not-current` */
export function takeBackIntent(
  procedure: Procedure,
  stepId: string,
  at: string,
  failure: Failure,
): Procedure {
  runningStateOf(procedure, stepId)
  return withState(procedure, stepId, { phase: 'failed', at, failure })
}

/**
 * A person says that the step is done. What Ferrite does itself cannot be said to be done, except where it became
 * unclear: then the person says what they found at the device.
 * @throws FailureError `step-not-current`, `step-needs-note`
 */
export function confirmStep(procedure: Procedure, { stepId, by, note, at }: Confirmation): Procedure {
  const { draft, state } = currentStepOf(procedure, stepId)
  const isUnclear = state.phase === 'unclear'
  if (state.phase === 'running' || (draft.kind === 'automatic' && !isUnclear)) {
    throw notNow(stepId, 'automatic')
  }
  const text = note?.trim() ?? ''
  if ((draft.needsNote || isUnclear) && text.length < shortestNote) {
    throw new FailureError({ code: 'step-needs-note', step: stepId })
  }
  const kind = isUnclear ? 'found-by-person' : 'said-by-person'
  return withState(procedure, stepId, {
    phase: 'done',
    at,
    by,
    evidence: [{ kind, facts: {} }],
    ...(text !== '' && { note: text }),
  })
}

/**
 * What a process that is gone left running: a step whose intent was written is unclear from now on, any other is as if
 * it had never begun.
 */
export function takeOver(procedure: Procedure, at: string): Procedure {
  const running = procedure.steps.find(({ state }) => state.phase === 'running')
  if (!running || running.state.phase !== 'running') return procedure
  const { id } = running.draft
  if (!running.state.intended) return withState(procedure, id, { phase: 'ahead' })
  const failure = unknownOutcome(procedure, 'Ferrite ended during this step')
  return withState(procedure, id, { phase: 'unclear', at, failure })
}

function runningStateOf(
  procedure: Procedure,
  stepId: string,
): Extract<StepState, { readonly phase: 'running' }> {
  const { state } = currentStepOf(procedure, stepId)
  if (state.phase === 'running') return state
  throw notNow(stepId, state.phase)
}

function unknownOutcome({ plan }: Procedure, detail: string): Failure {
  return { code: 'outcome-unknown', device: plan.deviceName, detail }
}

function notNow(stepId: string, why: string): FailureError {
  return new FailureError({ code: 'step-not-current', step: stepId, current: `${stepId} (${why})` })
}

function withState(procedure: Procedure, stepId: string, state: StepState): Procedure {
  return {
    ...procedure,
    steps: procedure.steps.map((step) => (step.draft.id === stepId ? { ...step, state } : step)),
  }
}
