import type { Finding, Fit, Verdict } from '../model/finding.ts'
import { toFinding, type Rule, type RuleInput } from './rule.ts'

const order = { blocker: 0, unknown: 1, caution: 2, pass: 3 } as const

/** Applies every rule and gives the findings, the worst first, with the verdict. */
export function check(rules: readonly Rule[], input: RuleInput, accepted: readonly string[] = []): Fit {
  const findings = rules
    .flatMap((rule) => [rule.evaluate(input)].flat().map((outcome) => toFinding(rule, outcome)))
    .sort((a, b) => order[a.result] - order[b.result])
  return {
    verdict: verdictOf(findings, accepted),
    findings,
    ...(input.target && { identityReadAt: input.target.readAt }),
  }
}

/**
 * The worst finding in one word. No finding at all is `unknown`, never `fits`; an unknown input of a hard rule
 * gives `unknown`, of a soft rule `cautions`. `accepted` names rules that a person overrides; it counts only for
 * overridable ones and turns them into cautions, never into passes.
 */
export function verdictOf(findings: readonly Finding[], accepted: readonly string[] = []): Verdict {
  if (findings.length === 0) return 'unknown'
  const standing = findings.filter(({ rule, overridable }) => !(overridable && accepted.includes(rule)))
  if (standing.some(({ result }) => result === 'blocker')) return 'blocked'
  if (standing.some(({ result, hard }) => result === 'unknown' && hard)) return 'unknown'
  if (findings.some(({ result }) => result !== 'pass')) return 'cautions'
  return 'fits'
}

/** True where a restore may be offered. */
export function mayRestore(verdict: Verdict): boolean {
  return verdict === 'fits' || verdict === 'cautions'
}

/** The rules that stand against a restore, as a list to read. Each rule once. */
export function rulesAgainst({ findings }: Fit): string {
  const against = findings.filter(
    ({ result, hard }) => result === 'blocker' || (result === 'unknown' && hard),
  )
  return [...new Set(against.map(({ rule }) => rule))].join(', ')
}
