import type { FamilyId } from '../../shared/model/family-id.ts'
import { windowDeviceDialogs as germanDialogs } from '../../shared/text/de/window-device-dialogs.ts'
import { windowStatements as german } from '../../shared/text/de/window-statements.ts'
import { windowDeviceDialogs as englishDialogs } from '../../shared/text/en/window-device-dialogs.ts'
import {
  windowStatements as english,
  type WindowStatementsText,
} from '../../shared/text/en/window-statements.ts'
import type { FieldText } from '../../shared/text/field-text.ts'
import { useTexts } from '../texts.ts'

const statementTexts = { en: english, de: german }
const dialogTexts = { en: englishDialogs, de: germanDialogs }

/** The words around statements in the person's language. */
export function useStatementTexts(): WindowStatementsText {
  return useTexts(statementTexts)
}

/** The words of a fact that can be stated; one without words shows its name. */
export function useFactText(family: FamilyId, name: string): FieldText {
  return useTexts(dialogTexts).families[family].facts[name] ?? { label: name }
}
