import { describe, expect, test } from 'vitest'
import {
  beginStep,
  checkWayBack,
  confirmStep,
  failStep,
  intendStep,
  proveStep,
  stopStep,
  takeBackIntent,
  takeOver,
} from '../../../src/main/procedures/moves.ts'
import type { Failure } from '../../../src/shared/failure.ts'
import {
  canConfirm,
  canRun,
  currentStep,
  mayHaveChanged,
  type Procedure,
  type StepState,
} from '../../../src/shared/model/procedure.ts'
import type { StepDraft } from '../../../src/shared/model/restore.ts'
import { at, failure, procedureWith } from './support/procedures.ts'

type Move = (procedure: Procedure) => Procedure

const states: Readonly<Record<string, StepState>> = {
  ahead: { phase: 'ahead' },
  running: { phase: 'running', since: at, intended: false },
  intended: { phase: 'running', since: at, intended: true },
  failed: { phase: 'failed', at, failure },
  unclear: { phase: 'unclear', at, failure },
  done: { phase: 'done', at, by: 'ferrite', evidence: [] },
}

const word = { stepId: 'step', by: 'maria', note: 'seen there', at }
const moves: Readonly<Record<string, Move>> = {
  begin: (procedure) => beginStep(procedure, 'step', at, 'me'),
  intend: (procedure) => intendStep(procedure, 'step'),
  prove: (procedure) => proveStep(procedure, 'step', { at, evidence: [] }),
  fail: (procedure) => failStep(procedure, 'step', at, failure),
  stop: (procedure) => stopStep(procedure, 'step'),
  'take back': (procedure) => takeBackIntent(procedure, 'step', at, failure),
  confirm: (procedure) => confirmStep(procedure, word),
  'take over': (procedure) => takeOver(procedure, at),
}

const nameOf = (state: StepState | undefined): string =>
  state?.phase === 'running' && state.intended ? 'intended' : (state?.phase ?? 'nothing')

/** The state after a move, or `refused`. */
function after(kind: StepDraft['kind'], state: string, move: string): string {
  const procedure = procedureWith([{ id: 'step', kind, state: states[state]! }])
  try {
    const [step] = moves[move]!(procedure).steps
    return nameOf(step?.state)
  } catch (error) {
    expect(error).toMatchObject({ failure: { code: 'step-not-current' } })
    return 'refused'
  }
}

// Rows: the state before. Columns: the move. Cells: the state after it.
const columns = ['begin', 'intend', 'prove', 'fail', 'stop', 'take back', 'confirm', 'take over'] as const
const automatic: readonly (readonly [string, ...string[]])[] = [
  ['ahead', 'running', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'ahead'],
  ['running', 'refused', 'intended', 'done', 'failed', 'ahead', 'failed', 'refused', 'ahead'],
  ['intended', 'refused', 'refused', 'done', 'unclear', 'refused', 'failed', 'refused', 'unclear'],
  ['failed', 'running', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'failed'],
  ['unclear', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'done', 'unclear'],
  ['done', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'done'],
]
const byPerson: readonly (readonly [string, ...string[]])[] = [
  ['ahead', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'done', 'ahead'],
  ['done', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'done'],
]
const cells = (kind: StepDraft['kind'], table: typeof automatic) =>
  table.flatMap(([state, ...row]) =>
    columns.map((move, index) => ({ kind, state, move, becomes: row[index] ?? '' })),
  )

test.each([
  ...cells('automatic', automatic),
  ...cells('assisted', byPerson),
  ...cells('confirmed', byPerson),
])('$kind step that is $state: $move makes it $becomes', ({ kind, state, move, becomes }) => {
  expect(after(kind, state, move)).toBe(becomes)
})

test.each(Object.keys(moves).filter((move) => move !== 'take over'))(
  'no step of a procedure that has ended can %s',
  (move) => {
    const procedure = procedureWith([{ id: 'step', kind: 'automatic' }], { isEnded: true })
    expect(() => moves[move]!(procedure)).toThrow('step-not-current')
  },
)

test('a step whose turn has not come cannot begin, and cannot be said to be done', () => {
  const procedure = procedureWith([
    { id: 'first', kind: 'automatic' },
    { id: 'step', kind: 'automatic' },
  ])
  const refusal = { failure: { code: 'step-not-current', step: 'step', current: 'first' } }
  expect(() => moves['begin']!(procedure)).toThrow(expect.objectContaining(refusal) as Error)
  expect(() => moves['confirm']!(procedure)).toThrow(expect.objectContaining(refusal) as Error)
})

describe('what a person says', () => {
  const confirm = (kind: StepDraft['kind'], state: StepState, note: string | undefined, needsNote: boolean) =>
    confirmStep(procedureWith([{ id: 'step', kind, state, needsNote }]), { ...word, note })

  test('is kept with who said it, when, and what they wrote', () => {
    const { steps } = confirm('confirmed', { phase: 'ahead' }, '  version 4.1.5 ', true)
    expect(steps[0]?.state).toEqual({
      phase: 'done',
      at,
      by: 'maria',
      evidence: [{ kind: 'said-by-person', facts: {} }],
      note: 'version 4.1.5',
    })
  })

  test.each([undefined, '', '  x '])('without a note (%j) leaves a step that needs one open', (note) => {
    const missing = { failure: { code: 'step-needs-note', step: 'step' } }
    expect(() => confirm('confirmed', { phase: 'ahead' }, note, true)).toThrow(
      expect.objectContaining(missing) as Error,
    )
  })

  test('of an unclear step needs what was found, whatever the step asks', () => {
    expect(() => confirm('automatic', { phase: 'unclear', at, failure }, '', false)).toThrow(
      'step-needs-note',
    )
    const { steps } = confirm('automatic', { phase: 'unclear', at, failure }, 'old state', false)
    expect(steps[0]?.state).toMatchObject({ evidence: [{ kind: 'found-by-person' }] })
  })
})

describe('the way back', () => {
  const snapshot = (state: StepState) => [
    { id: 'snapshot', kind: 'confirmed' as const, state },
    { id: 'step', kind: 'automatic' as const, changes: true },
  ]
  const missing = 'way-back-missing'

  test('is missing without a safety backup', () => {
    expect(() => checkWayBack(procedureWith(snapshot({ phase: 'ahead' })), undefined)).toThrow(missing)
  })
  test('is a safety backup', () => {
    const procedure = procedureWith(snapshot({ phase: 'ahead' }), { hasSafety: true })
    expect(() => checkWayBack(procedure, undefined)).not.toThrow()
  })
  test('is the named step once a person has said it is done, and no other', () => {
    const noted = procedureWith(snapshot(states['done']!))
    expect(() => checkWayBack(noted, 'snapshot')).not.toThrow()
    expect(() => checkWayBack(noted, 'another')).toThrow(missing)
    expect(() => checkWayBack(procedureWith(snapshot({ phase: 'ahead' })), 'snapshot')).toThrow(missing)
  })
  test('is waived by the typed reason of the plan', () => {
    const procedure = procedureWith(snapshot({ phase: 'ahead' }), { isWaived: true })
    expect(() => checkWayBack(procedure, 'snapshot')).not.toThrow()
  })
})

test('an unclear step says that nobody knows, and never that nothing was changed', () => {
  const lost: Failure = { code: 'connection-lost', address: 'x', phase: 'applying', bytesDone: 0 }
  const procedure = procedureWith([{ id: 'step', kind: 'automatic', state: states['intended']! }])
  expect(failStep(procedure, 'step', at, lost).steps[0]?.state).toMatchObject({
    phase: 'unclear',
    failure: { code: 'outcome-unknown', detail: expect.stringContaining('connection-lost') as string },
  })
})

test.each([
  ['automatic', 'ahead', false],
  ['automatic', 'running', false],
  ['automatic', 'intended', true],
  ['automatic', 'failed', false],
  ['automatic', 'unclear', true],
  ['automatic', 'done', true],
  ['confirmed', 'ahead', true],
  ['assisted', 'done', true],
] as const)('a changing %s step that is %s may have changed the device: %s', (kind, state, expected) => {
  expect(mayHaveChanged(procedureWith([{ id: 'step', kind, changes: true, state: states[state]! }]))).toBe(
    expected,
  )
})

test('a person’s changing step that is not due has changed nothing', () => {
  const procedure = procedureWith([
    { id: 'first', kind: 'confirmed' },
    { id: 'step', kind: 'confirmed', changes: true },
  ])
  expect(mayHaveChanged(procedure)).toBe(false)
})

test.each(Object.keys(states))('Ferrite or a person can act on a step that is %s, never both', (state) => {
  for (const kind of ['automatic', 'assisted', 'confirmed'] as const) {
    const procedure = procedureWith([{ id: 'step', kind, state: states[state]! }])
    expect(canRun(procedure) && canConfirm(procedure)).toBe(false)
    expect(canRun(procedure)).toBe(after(kind, state, 'begin') === 'running')
    expect(canConfirm(procedure)).toBe(after(kind, state, 'confirm') === 'done')
    if (state === 'done') expect(currentStep(procedure)).toBeUndefined()
  }
})
