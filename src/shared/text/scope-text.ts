import { scopeWords as german } from './de/scope-words.ts'
import type { Language } from './language.ts'

/**
 * A part of a backup, or a thing that is left out of it, in the person's language. Families name their parts in
 * English; what they have no word for (an app, a folder) keeps its own name. Untrusted text: escape what is given back.
 */
export function scopeText(name: string, language: Language): string {
  return (language === 'de' ? german.get(name) : undefined) ?? name
}
