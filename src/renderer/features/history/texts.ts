import { windowHistory as german } from '../../../shared/text/de/window-history.ts'
import { windowHistory as english, type WindowHistoryText } from '../../../shared/text/en/window-history.ts'
import { useTexts } from '../../texts.ts'

const historyTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useHistoryTexts(): WindowHistoryText {
  return useTexts(historyTexts)
}
