import { windowSettings as german } from '../../../shared/text/de/window-settings.ts'
import {
  windowSettings as english,
  type WindowSettingsText,
} from '../../../shared/text/en/window-settings.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature in the person's language. */
export function useSettingsTexts(): WindowSettingsText {
  return useTexts({ en: english, de: german })
}
