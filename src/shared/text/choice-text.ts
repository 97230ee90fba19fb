import type { IdentityChoice, Removal, RestoreOptions } from '../model/restore.ts'
import { choices as german } from './de/choices.ts'
import { choices as english, type ChoiceTexts } from './en/choices.ts'
import type { Language } from './language.ts'

const byLanguage: Readonly<Record<Language, ChoiceTexts>> = { en: english, de: german }

/** What of the target may be kept, by its name. */
export function keptName(id: IdentityChoice['id'], language: Language): string {
  return byLanguage[language].kept[id]
}

/** Several of them in a row. */
export function keptNames(keep: RestoreOptions['keep'], language: Language): string {
  return keep.map((id) => keptName(id, language)).join(', ')
}

/** Why something cannot be kept here; a reason without words shows itself. */
export function keptReason({ reason = '' }: IdentityChoice, language: Language): string {
  return byLanguage[language].reason[reason] ?? reason
}

/** What kind of thing a restore would take away, for so many of them. */
export function removalKind(kind: string, count: number, language: Language): string {
  return byLanguage[language].removal[kind]?.[count === 1 ? 0 : 1] ?? kind
}

/** What would be taken away, by kind in the order in which it was told. */
export function removalGroups(
  removals: readonly Removal[],
): readonly { readonly kind: string; readonly names: readonly string[] }[] {
  const kinds = [...new Set(removals.map(({ kind }) => kind))]
  return kinds.map((kind) => ({
    kind,
    names: removals.filter((each) => each.kind === kind).map(({ what }) => what),
  }))
}
