import type { FamilyId } from '../../shared/model/family-id.ts'
import { wordsIn } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'

/** A model without the name of its family in front, so that what tells models apart is not cut off in a narrow column. */
export function shortModel(model: string, family: FamilyId, language: Language): string {
  const name = `${wordsIn(language).family[family]} `
  return model.startsWith(name) ? model.slice(name.length) : model
}
