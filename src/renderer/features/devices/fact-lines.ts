import type { FamilyId } from '../../../shared/model/family-id.ts'
import { statedFactsAbout } from '../../../shared/model/stated-facts.ts'

/**
 * A fact of a device as a person reads and writes it: main keeps lists with commas, a person has them one a line. What
 * is no list keeps its commas, as the name of a folder may have one.
 */
export function factLines(family: FamilyId, name: string, value: string): string {
  const fact = statedFactsAbout(family, 'device').find((each) => each.name === name)
  return fact?.answer.kind === 'lines' ? value.split(/[,\n]/).join('\n') : value
}
