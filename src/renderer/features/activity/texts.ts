import { windowActivity as german } from '../../../shared/text/de/window-activity.ts'
import {
  windowActivity as english,
  type WindowActivityText,
} from '../../../shared/text/en/window-activity.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature. */
export const activityTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useActivityTexts(): WindowActivityText {
  return useTexts(activityTexts)
}
