import type { ArchiveVerdict } from '../model/archive-verdict.ts'
import type { ArchiveRecord } from '../model/record.ts'
import { archiveVerdict as german, restrictionReasons as germanReasons } from './de/archive-verdict.ts'
import {
  archiveVerdict as english,
  restrictionReasons as englishReasons,
  type ArchiveVerdictText,
} from './en/archive-verdict.ts'
import { escapeUntrusted } from './escape.ts'
import { formatCount } from './format.ts'
import type { Language } from './language.ts'

const words: Readonly<Record<Language, ArchiveVerdictText>> = { en: english, de: german }
const why = { en: englishReasons, de: germanReasons }
const exampleAtMost = 80

/** The words for what an archive is worth. */
export function verdictTextIn(language: Language): ArchiveVerdictText {
  return words[language]
}

/** What an archive is worth, in a word for a list; a dash where it is not known. */
export function verdictWord(verdict: ArchiveVerdict | undefined, language: Language): string {
  const { ok, viewShort } = words[language]
  if (verdict === undefined) return '–'
  return verdict.verdict === 'ok' ? ok : viewShort
}

/** Why entries are held back, one sentence for each restriction, with the name of one entry that is safe to show. */
export function verdictReasons(
  verdict: ArchiveVerdict,
  language: Language,
): readonly { readonly sentence: string; readonly example: string }[] {
  if (verdict.verdict === 'ok') return []
  return verdict.reasons.map(({ restriction, entries, example }) => ({
    sentence: words[language].line(formatCount(entries, language), why[language][restriction], entries === 1),
    example: escapeUntrusted(example, exampleAtMost),
  }))
}

/** What the record says the archive is worth, and why: a sentence, then a line for each reason. */
export function verdictLines(
  { container, verdict }: Pick<ArchiveRecord, 'container' | 'verdict'>,
  language: Language,
): readonly string[] {
  const { okTitle, viewTitle, notWritten, opaque } = words[language]
  if (verdict === undefined) return [container === 'opaque' ? opaque : notWritten]
  if (verdict.verdict === 'ok') return [okTitle]
  const reasons = verdictReasons(verdict, language)
  return [viewTitle, ...reasons.map(({ sentence, example }) => `${sentence} ${example}`)]
}
