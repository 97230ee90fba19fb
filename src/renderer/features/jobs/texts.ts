import { windowJobs as german } from '../../../shared/text/de/window-jobs.ts'
import { windowJobs as english, type WindowJobsText } from '../../../shared/text/en/window-jobs.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature. */
export const jobsTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useJobsTexts(): WindowJobsText {
  return useTexts(jobsTexts)
}
