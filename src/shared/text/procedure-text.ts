import type { FamilyId } from '../model/family-id.ts'
import { standingOf, type Evidence, type Procedure } from '../model/procedure.ts'
import type { StepDraft } from '../model/restore.ts'
import { deviceOnProcedure as germanDeviceOn } from './de/procedure-deviceon.ts'
import { endpointProtectorProcedure as germanEndpointProtector } from './de/procedure-endpoint-protector.ts'
import { procedureWords as germanWords } from './de/procedure-words.ts'
import { generalProcedure as germanGeneral } from './de/procedure.ts'
import { deviceOnProcedure as englishDeviceOn } from './en/procedure-deviceon.ts'
import { endpointProtectorProcedure as englishEndpointProtector } from './en/procedure-endpoint-protector.ts'
import { procedureWords as englishWords, type ProcedureWords } from './en/procedure-words.ts'
import { generalProcedure as englishGeneral } from './en/procedure.ts'
import type { Language } from './language.ts'
import type { ProcedureTexts, StepText } from './plan-text.ts'

type FamilyTexts = Readonly<Partial<Record<FamilyId, ProcedureTexts>>>

const byLanguage: Readonly<
  Record<Language, { readonly general: ProcedureTexts; readonly family: FamilyTexts }>
> = {
  en: {
    general: englishGeneral,
    family: { 'deviceon-server': englishDeviceOn, 'endpoint-protector': englishEndpointProtector },
  },
  de: {
    general: germanGeneral,
    family: { 'deviceon-server': germanDeviceOn, 'endpoint-protector': germanEndpointProtector },
  },
}

/** The words for a step; a step without words shows its id, so that nothing is hidden. */
export function procedureStepText(
  { id, facts }: Pick<StepDraft, 'id' | 'facts'>,
  family: FamilyId,
  language: Language,
): StepText {
  for (const { step } of tablesOf(family, language)) {
    const say = step[id]
    if (say) return say(facts)
  }
  return { title: id, detail: '' }
}

/** Where a procedure stands, in one line; with its report the outcome says more. */
export function standingText(procedure: Procedure, language: Language): string {
  const { kind, step } = standingOf(procedure)
  const { standing } = procedureWordsIn(language)
  if (kind === 'ended') return ''
  return standing[kind](step ? procedureStepText(step.draft, procedure.family, language).title : '')
}

/** The words that all guided restores share. */
export function procedureWordsIn(language: Language): ProcedureWords {
  return language === 'de' ? germanWords : englishWords
}

/** What shows that a step was done, in one sentence. */
export function evidenceText({ kind, facts }: Evidence, family: FamilyId, language: Language): string {
  for (const { evidence } of tablesOf(family, language)) {
    const say = evidence[kind]
    if (say) return say(facts)
  }
  return kind
}

function tablesOf(family: FamilyId, language: Language): readonly ProcedureTexts[] {
  const { general, family: families } = byLanguage[language]
  const own = families[family]
  return own ? [own, general] : [general]
}
