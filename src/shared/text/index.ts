import type { Failure } from '../failure.ts'
import type { Finding } from '../model/finding.ts'
import type { PlanStep, RestoreReport } from '../model/restore.ts'
import { failures as germanFailures } from './de/failures.ts'
import { ctrlxFindings as germanCtrlxFindings } from './de/findings-ctrlx.ts'
import { endpointProtectorFindings as germanEndpointProtectorFindings } from './de/findings-endpoint-protector.ts'
import { deviceOnFindings as germanDeviceOnFindings } from './de/findings-deviceon.ts'
import { linuxFindings as germanLinuxFindings } from './de/findings-linux.ts'
import { nodeRedFindings as germanNodeRedFindings } from './de/findings-node-red.ts'
import { genericFindings as germanFindings } from './de/findings.ts'
import { ctrlxPlan as germanCtrlxPlan } from './de/plan-ctrlx.ts'
import { endpointProtectorPlan as germanEndpointProtectorPlan } from './de/plan-endpoint-protector.ts'
import { deviceOnPlan as germanDeviceOnPlan } from './de/plan-deviceon.ts'
import { linuxPlan as germanLinuxPlan } from './de/plan-linux.ts'
import { nodeRedPlan as germanNodeRedPlan } from './de/plan-node-red.ts'
import { generalPlan as germanPlan } from './de/plan.ts'
import { words as germanWords } from './de/words.ts'
import { failures as englishFailures } from './en/failures.ts'
import { ctrlxFindings as englishCtrlxFindings } from './en/findings-ctrlx.ts'
import { endpointProtectorFindings as englishEndpointProtectorFindings } from './en/findings-endpoint-protector.ts'
import { deviceOnFindings as englishDeviceOnFindings } from './en/findings-deviceon.ts'
import { linuxFindings as englishLinuxFindings } from './en/findings-linux.ts'
import { nodeRedFindings as englishNodeRedFindings } from './en/findings-node-red.ts'
import { genericFindings as englishFindings } from './en/findings.ts'
import { ctrlxPlan as englishCtrlxPlan } from './en/plan-ctrlx.ts'
import { endpointProtectorPlan as englishEndpointProtectorPlan } from './en/plan-endpoint-protector.ts'
import { deviceOnPlan as englishDeviceOnPlan } from './en/plan-deviceon.ts'
import { linuxPlan as englishLinuxPlan } from './en/plan-linux.ts'
import { nodeRedPlan as englishNodeRedPlan } from './en/plan-node-red.ts'
import { generalPlan as englishPlan } from './en/plan.ts'
import { words as englishWords } from './en/words.ts'
import { escapeUntrusted } from './escape.ts'
import type { FailureText } from './failure-text.ts'
import type { FindingText, FindingTexts } from './finding-text.ts'
import type { Language } from './language.ts'
import type { PlanTexts, Sentences } from './plan-text.ts'

/** A name in an archive may be 65,535 bytes long; a list of what went wrong has room. */
const longestFact = 2000

interface LanguageTexts {
  readonly failures: typeof englishFailures
  readonly findings: FindingTexts
  readonly plans: readonly PlanTexts[]
  readonly words: typeof englishWords | typeof germanWords
}

const byLanguage: Readonly<Record<Language, LanguageTexts>> = {
  en: {
    failures: englishFailures,
    findings: {
      ...englishFindings,
      ...englishCtrlxFindings,
      ...englishEndpointProtectorFindings,
      ...englishDeviceOnFindings,
      ...englishLinuxFindings,
      ...englishNodeRedFindings,
    },
    plans: [
      englishPlan,
      englishCtrlxPlan,
      englishEndpointProtectorPlan,
      englishDeviceOnPlan,
      englishLinuxPlan,
      englishNodeRedPlan,
    ],
    words: englishWords,
  },
  de: {
    failures: germanFailures,
    findings: {
      ...germanFindings,
      ...germanCtrlxFindings,
      ...germanEndpointProtectorFindings,
      ...germanDeviceOnFindings,
      ...germanLinuxFindings,
      ...germanNodeRedFindings,
    },
    plans: [
      germanPlan,
      germanCtrlxPlan,
      germanEndpointProtectorPlan,
      germanDeviceOnPlan,
      germanLinuxPlan,
      germanNodeRedPlan,
    ],
    words: germanWords,
  },
}

/** The words for a failure, safe to show and to print. Total: every code has its sentences in every language; an unknown one shows itself. */
export function failureText(failure: Failure, language: Language): FailureText {
  const texts: Readonly<Record<string, unknown>> = byLanguage[language].failures
  const say = texts[failure.code] as ((failure: Failure) => FailureText) | undefined
  return say?.(shownFacts(failure)) ?? { cause: escapeUntrusted(failure.code), safe: '', next: '' }
}

/** Facts may be a device's or an archive's own words. Only a detail may have lines: it is what a command wrote. */
function shownFacts(failure: Failure): Failure {
  const facts = Object.entries(failure).map(([name, fact]: [string, unknown]) => {
    if (typeof fact !== 'string') return [name, fact]
    const lines = name === 'detail' ? fact.split('\n') : [fact]
    return [name, lines.map((line) => escapeUntrusted(line, longestFact)).join('\n')]
  })
  return Object.fromEntries(facts) as Failure
}

/** The words for a finding; a rule without words shows its id, so that nothing is hidden. */
export function findingText(finding: Finding, language: Language): FindingText {
  const key = `${finding.rule}.${finding.reason}`
  return byLanguage[language].findings[key]?.(finding) ?? { title: key, remedy: '' }
}

/** What a step of a plan does. */
export function planStepText({ step, facts }: PlanStep, language: Language): string {
  return sentence(language, 'step', step, facts)
}

/** What a restore may change beside the data. */
export function sideEffectText(sideEffect: string, language: Language): string {
  return sentence(language, 'sideEffect', sideEffect, {})
}

/** What a report leaves for the person to know or do. */
export function remarkText({ remark, facts }: RestoreReport['remarks'][number], language: Language): string {
  return sentence(language, 'remark', remark, facts)
}

/** The words for the fixed vocabularies. */
export function wordsIn(language: Language): LanguageTexts['words'] {
  return byLanguage[language].words
}

function sentence(
  language: Language,
  kind: keyof PlanTexts,
  id: string,
  facts: Readonly<Record<string, string>>,
): string {
  for (const texts of byLanguage[language].plans) {
    const sentences: Sentences = texts[kind]
    const say = sentences[id]
    if (say) return say(facts)
  }
  return id
}
