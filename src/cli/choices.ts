import type { RestorePlan } from '../shared/model/restore.ts'
import { keptName, keptReason, removalGroups, removalKind } from '../shared/text/choice-text.ts'
import type { Language } from '../shared/text/language.ts'

/** What a restore would take away from the device, counted and named. */
export function removalLines({ removals }: RestorePlan, language: Language): readonly string[] {
  return removalGroups(removals ?? []).map(
    ({ kind, names }) =>
      `  x ${String(names.length)} ${removalKind(kind, names.length, language)}: ${names.join(', ')}`,
  )
}

/** What stays of the device and what comes from the archive, with both values where they are known. */
export function choiceLines(
  { identityChoices, options }: RestorePlan,
  language: Language,
): readonly string[] {
  return identityChoices.map((choice) => {
    const { id, offered, taken = '?', kept = '?' } = choice
    const values = options.keep.includes(id) ? `= ${kept}` : `${kept} → ${taken}`
    return `  ~ ${keptName(id, language)}: ${offered ? values : keptReason(choice, language)}`
  })
}
