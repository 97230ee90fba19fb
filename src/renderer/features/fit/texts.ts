import { windowFit as german } from '../../../shared/text/de/window-fit.ts'
import { windowFit as english, type WindowFitText } from '../../../shared/text/en/window-fit.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature. */
export const fitTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useFitTexts(): WindowFitText {
  return useTexts(fitTexts)
}
