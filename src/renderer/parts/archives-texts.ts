import { windowArchives as german } from '../../shared/text/de/window-archives.ts'
import { windowArchives as english, type WindowArchivesText } from '../../shared/text/en/window-archives.ts'
import { useTexts } from '../texts.ts'

/** The words of everything about archives; the list and the browser share them. */
export const archivesTexts = { en: english, de: german }

/** These words in the person's language. */
export function useArchivesTexts(): WindowArchivesText {
  return useTexts(archivesTexts)
}
