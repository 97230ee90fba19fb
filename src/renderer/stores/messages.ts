import type { Failure } from '../../shared/failure.ts'
import { failureText } from '../../shared/text/index.ts'
import { createToasts } from '../ui/feedback/toast.tsx'
import { settingsStore } from './settings.ts'

/** The messages in the corner of the window: short reports on what happened elsewhere. */
export const messages = createToasts()

/** Reports a failure of something small that has no place of its own to say so. It stays until it is closed. */
export function showFailure(failure: Failure): void {
  const { cause, next } = failureText(failure, settingsStore.getState().settings.language)
  messages.show({ tone: 'bad', text: `${cause} ${next}`.trim() })
}
