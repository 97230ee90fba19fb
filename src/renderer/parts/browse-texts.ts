import { windowBrowse as german } from '../../shared/text/de/window-browse.ts'
import { windowBrowse as english, type WindowBrowseText } from '../../shared/text/en/window-browse.ts'
import { useTexts } from '../texts.ts'

/** The words of the tree and of taking out. */
export const browseTexts = { en: english, de: german }

/** These words in the person's language. */
export function useBrowseTexts(): WindowBrowseText {
  return useTexts(browseTexts)
}
