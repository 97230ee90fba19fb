import { FileOutput, RotateCw } from 'lucide-react'
import type { Refusal } from '../../../shared/model/refused.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import type { Language } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { messages, showFailure } from '../../stores/messages.ts'
import type { MenuGroups } from '../../ui/actions/menu.tsx'
import { refusedTexts } from './refused-texts.ts'

/** What can be done with a refused file; nothing here looks into it. */
export function refusedActions(refusal: Refusal, language: Language): MenuGroups {
  const texts = refusedTexts[language]
  return [
    [
      { id: 'check', label: texts.check, icon: RotateCw, onAction: () => void checkAgain(refusal) },
      {
        id: 'export',
        label: texts.export,
        icon: FileOutput,
        onAction: () => void exportRefused(refusal, language),
      },
    ],
  ]
}

/** Has it read again by this version; the job's tray says what came of it. */
export async function checkAgain({ id: refusedId }: Refusal): Promise<void> {
  const result = await request('refused.check', { refusedId })
  if (!result.ok) showFailure(result.failure)
}

/** Copies it out, to a place that the person chooses in main's dialog. */
export async function exportRefused({ id, fileName }: Refusal, language: Language): Promise<void> {
  const result = await request('refused.export', { refusedId: id })
  if (!result.ok) showFailure(result.failure)
  else if (result.value)
    messages.show({ tone: 'caution', text: refusedTexts[language].exported(escapeUntrusted(fileName)) })
}
