import { windowRefused as german } from '../../../shared/text/de/window-refused.ts'
import { windowRefused as english, type WindowRefusedText } from '../../../shared/text/en/window-refused.ts'
import { useTexts } from '../../texts.ts'

/** The words of the refused files. */
export const refusedTexts = { en: english, de: german }

/** These words in the person's language. */
export function useRefusedTexts(): WindowRefusedText {
  return useTexts(refusedTexts)
}
