import { windowCompare as german } from '../../shared/text/de/window-compare.ts'
import { windowCompare as english, type WindowCompareText } from '../../shared/text/en/window-compare.ts'
import { useTexts } from '../texts.ts'

/** The words of comparisons; archives and devices offer them, too. */
export const compareTexts = { en: english, de: german }

/** These words in the person's language. */
export function useCompareTexts(): WindowCompareText {
  return useTexts(compareTexts)
}
