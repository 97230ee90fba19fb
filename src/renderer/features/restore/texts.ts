import { windowRestore as german } from '../../../shared/text/de/window-restore.ts'
import { windowRestore as english, type WindowRestoreText } from '../../../shared/text/en/window-restore.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature. */
export const restoreTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useRestoreTexts(): WindowRestoreText {
  return useTexts(restoreTexts)
}
