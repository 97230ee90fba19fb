import type { Failure } from '../../shared/failure.ts'
import { failureText } from '../../shared/text/index.ts'
import { createToasts, type ToastMessage } from '../ui/feedback/toast.tsx'
import { dialogsStore } from './dialogs.ts'
import { settingsStore } from './settings.ts'

/** The messages in the corner of the window: short reports on what happened elsewhere. */
export const messages = createToasts()

/** Shows a message. Good news do not cover the buttons of a dialog: they are in the job tray, too. */
export function showMessage(message: ToastMessage): void {
  const { dialog, login } = dialogsStore.getState()
  const isCovering = dialog !== undefined || login !== undefined
  if (!isCovering || !isPassing(message)) messages.show(message)
}

/** Reports a failure of something small that has no place of its own to say so. It stays until it is closed. */
export function showFailure(failure: Failure): void {
  const { cause, next } = failureText(failure, settingsStore.getState().settings.language)
  messages.show({ tone: 'bad', text: `${cause} ${next}`.trim() })
}

/** Takes good news away, e.g. when a dialog opens under them. */
export function dismissGoodNews(): void {
  for (const { key, content } of messages.queue.visibleToasts) {
    if (isPassing(content)) messages.queue.close(key)
  }
}

function isPassing({ tone }: ToastMessage): boolean {
  return tone === 'good' || tone === 'accent'
}
