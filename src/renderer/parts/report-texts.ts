import { windowRestore as german } from '../../shared/text/de/window-restore.ts'
import { windowRestore as english, type WindowRestoreText } from '../../shared/text/en/window-restore.ts'
import { useTexts } from '../texts.ts'

/** The words of a restore's report; the wizard and the guided restores share them. */
export const reportTexts: Readonly<Record<'en' | 'de', WindowRestoreText['report']>> = {
  en: english.report,
  de: german.report,
}

/** These words in the person's language. */
export function useReportTexts(): WindowRestoreText['report'] {
  return useTexts(reportTexts)
}
