import { useStore } from 'zustand'
import type { Language } from '../shared/text/language.ts'
import { settingsStore } from './stores/settings.ts'

/** The same words in every language. */
export type InLanguages<T> = Readonly<Record<Language, T>>

/** The person's language. */
export function useLanguage(): Language {
  return useStore(settingsStore, ({ settings }) => settings.language)
}

/** The words of a view in the person's language. */
export function useTexts<T>(texts: InLanguages<T>): T {
  return texts[useLanguage()]
}
