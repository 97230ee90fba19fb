import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../../src/shared/compatibility/check.ts'
import { CellPlane, cellKinds, decide, verdictOfCell } from '../../../src/shared/compatibility/fit-matrix.ts'
import type { Rule, RuleInput, RuleOutcome } from '../../../src/shared/compatibility/rule.ts'
import { findingResults } from '../../../src/shared/model/finding.ts'
import { verdicts } from '../../../src/shared/model/finding.ts'
import { sampleIdentity, sampleRecord } from '../../main/families/linux-host/sample.ts'

const input: RuleInput = {
  record: sampleRecord(),
  archive: { source: sampleIdentity(), unsafeEntries: [], hashMatches: undefined, unpackedBytes: undefined },
  target: sampleIdentity(),
  targetDevice: { name: 'Line 3', pinned: true },
}
const outcomes = fc.array(
  fc.record({ result: fc.constantFrom(...findingResults), reason: fc.constantFrom('x', 'y') }),
  { maxLength: 3 },
)
const rules: fc.Arbitrary<readonly Rule[]> = fc
  .array(
    fc.record({ hard: fc.boolean(), outcomes }).map(({ hard, outcomes: given }): Omit<Rule, 'id'> => ({
      hard,
      source: 'test',
      evaluate: (): readonly RuleOutcome[] => given,
    })),
  )
  .map((bodies) => bodies.map((body, place) => ({ ...body, id: `R${place}` })))

test('deciding a cell gives the verdict that the whole check gives', () => {
  fc.assert(
    fc.property(rules, (some) => {
      expect(decide(some, input).verdict).toBe(check(some, input).verdict)
    }),
  )
})

test('the finding of a cell is one that decides: with it alone the verdict is the same', () => {
  fc.assert(
    fc.property(rules, (some) => {
      const { verdict, deciding } = decide(some, input)
      const { findings } = check(some, input)
      if (findings.length === 0) expect(deciding).toBeUndefined()
      else expect(findings).toContainEqual(deciding)
      const alone = deciding && {
        id: deciding.rule,
        hard: deciding.hard,
        source: 'test',
        evaluate: () => ({ result: deciding.result, reason: deciding.reason }),
      }
      expect(alone ? check([alone], input).verdict : 'unknown').toBe(verdict)
    }),
  )
})

test('every kind of cell stands for a verdict', () => {
  expect(new Set(cellKinds.map(verdictOfCell))).toEqual(new Set(verdicts))
  expect(verdictOfCell('other-family')).toBe('blocked')
})

test('a plane counts and finds the cells it was given', () => {
  const plane = new CellPlane(2, 3)
  const kinds = [
    ['fits', 'cautions', 'blocked'],
    ['other-family', 'unknown', 'fits'],
  ] as const
  for (const [row, cells] of kinds.entries())
    for (const [column, kind] of cells.entries()) plane.set(row, column, kind)
  expect(plane.count([0, 1], [0, 1, 2])).toEqual({
    fits: 2,
    cautions: 1,
    unknown: 1,
    blocked: 1,
    'other-family': 1,
  })
  expect(plane.count([1], [0])).toMatchObject({ 'other-family': 1, fits: 0 })
  expect(plane.holding('fits', [0, 1], [0, 1, 2])).toEqual({ rows: [0, 1], columns: [0, 2] })
  expect(plane.holding('fits', [0, 1], [0, 1])).toEqual({ rows: [0], columns: [0] })
})
