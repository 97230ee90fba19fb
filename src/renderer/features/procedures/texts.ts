import { windowProcedures as german } from '../../../shared/text/de/window-procedures.ts'
import {
  windowProcedures as english,
  type WindowProceduresText,
} from '../../../shared/text/en/window-procedures.ts'
import { useTexts } from '../../texts.ts'

const texts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useProceduresTexts(): WindowProceduresText {
  return useTexts(texts)
}
