import type { ChoiceTexts } from './en/choices.ts'

/** What is kept, as it stands in the facts of a step or remark, in words; an id without a word shows itself. */
export function keptList(kept: string, { kept: names }: ChoiceTexts): string {
  const known: Readonly<Record<string, string>> = names
  return kept
    .split(',')
    .map((id) => known[id] ?? id)
    .join(', ')
}
