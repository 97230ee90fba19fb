import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { families } from '../../../src/main/families/index.ts'
import { familyRule } from '../../../src/main/restore/check-fit.ts'
import { check, mayRestore, verdictOf } from '../../../src/shared/compatibility/check.ts'
import { decide } from '../../../src/shared/compatibility/fit-matrix.ts'
import { archiveRules, pairRules } from '../../../src/shared/compatibility/generic-rules.ts'
import type { Rule, RuleInput } from '../../../src/shared/compatibility/rule.ts'
import { familyIds } from '../../../src/shared/model/family-id.ts'
import type { Finding } from '../../../src/shared/model/finding.ts'
import { findingText } from '../../../src/shared/text/index.ts'
import { languages } from '../../../src/shared/text/language.ts'
import { anyPair, withOneLess } from './arbitrary-pair.ts'

/** E1: what turns out to be a backup of the former kind has no key that could be missing. */
function isExplained(rule: Rule, input: RuleInput): boolean {
  return rule.id === 'E1' && check([rule], input).findings.every(({ reason }) => reason === 'no-key')
}

describe.each(familyIds)('the rules for %s', (id) => {
  const rules: readonly Rule[] = [...archiveRules, familyRule(id, id), ...pairRules, ...families[id].rules]
  const hard = rules.filter((rule) => rule.hard)
  const pairs = anyPair(id)
  const findingsOf = (some: readonly Rule[], input: RuleInput): readonly Finding[] =>
    check(some, input).findings
  /** The results of a rule in one word; nothing where it has nothing to say to this pair. */
  const resultOf = (rule: Rule, input: RuleInput): string =>
    [...new Set(findingsOf([rule], input).map(({ result }) => result))].toSorted().join(' and ')

  test('say the same twice, and throw for nothing', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        expect(check(rules, input)).toEqual(check(rules, structuredClone(input)))
      }),
    )
  })

  test('have sentences for whatever they find, in every language', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        for (const finding of findingsOf(rules, input)) {
          const key = `${finding.rule}.${finding.reason}`
          const titles = languages.map((language) => findingText(finding, language).title)
          for (const title of titles) {
            expect(title).not.toBe(key)
            expect(title).toMatch(/[.!?]$/)
            expect(title).not.toMatch(/undefined|NaN|\[object/)
          }
          expect(new Set(titles).size, key).toBe(languages.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('never let a hard rule pass for want of something, where with it the rule would not', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        for (const less of withOneLess(input)) {
          for (const rule of hard) {
            const [before, after] = [resultOf(rule, input), resultOf(rule, less)]
            if (before !== 'pass' && before !== '') expect(after, `${rule.id} was ${before}`).not.toBe('pass')
          }
        }
      }),
    )
  })

  test('never fit for want of something that decides a hard rule', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        for (const less of withOneLess(input)) {
          const isDecisive = hard.some((rule) => resultOf(rule, less) !== resultOf(rule, input))
          if (isDecisive) expect(check(rules, less).verdict).not.toBe('fits')
        }
      }),
    )
  })

  test('never let a hard rule’s refusal go because something is forgotten', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        if (mayRestore(check(hard, input).verdict)) return
        for (const less of withOneLess(input)) expect(mayRestore(check(hard, less).verdict)).toBe(false)
      }),
    )
  })

  test('never turn a blocker into a pass by something that is learnt beside it', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        for (const less of withOneLess(input))
          for (const rule of rules)
            if (resultOf(rule, less).includes('blocker') && !isExplained(rule, input))
              expect(resultOf(rule, input), `${rule.id} was blocked`).not.toBe('pass')
      }),
    )
  })

  test('count what a hard rule does not know as a blocker', () => {
    fc.assert(
      fc.property(pairs, (input) => {
        const { findings, verdict } = check(rules, input)
        if (findings.some(({ hard: isHard, result }) => isHard && result === 'unknown'))
          expect(mayRestore(verdict)).toBe(false)
        expect(verdictOf(findings)).toBe(verdict)
        expect(decide(rules, input).verdict).toBe(verdict)
      }),
    )
  })

  test('name their source, and have one row for each id', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
    for (const rule of rules) expect(rule.source.length, rule.id).toBeGreaterThan(5)
  })
})
