import { expect, test } from 'vitest'
import { validityProblem, withValidity } from '../../src/shared/model/certificate.ts'

const identity = { family: 'ctrlx-core', readAt: '2026-04-02T10:00:00.000Z' } as const
const problem = (from: string, until: string): string | undefined =>
  validityProblem(withValidity(identity, { from, until }))?.kind

test('a certificate is judged at the moment at which it was shown', () => {
  expect(problem('2026-04-02T09:59:59.000Z', '2026-04-02T10:00:01.000Z')).toBeUndefined()
  expect(problem('2000-01-01T00:00:00.000Z', '2026-04-02T09:59:59.000Z')).toBe('expired')
  expect(problem('2026-04-02T10:00:01.000Z', '2099-01-01T00:00:00.000Z')).toBe('not-yet-valid')
})

test('what is not known, or is no time, warns of nothing', () => {
  expect(validityProblem(identity)).toBeUndefined()
  expect(problem('', 'soon')).toBeUndefined()
})

test('other traits of the identity stay', () => {
  const traits = { certificate: { value: 'ab', provenance: 'probed', readAt: identity.readAt } } as const
  const known = withValidity({ ...identity, traits }, { from: 'a', until: 'b' })
  expect(Object.keys(known.traits ?? {})).toEqual(['certificate', 'certificateFrom', 'certificateUntil'])
})
