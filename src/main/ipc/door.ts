import { FailureError } from '../../shared/failure.ts'
import { isOwnPage } from '../app/policy.ts'

/** Who sent a message, as far as it matters. `frame` is null where it is already gone. */
export interface Sender {
  readonly contentsId: number
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null
}

const longestBytes = 256 * 1024

/**
 * Lets only the main frame of the one window through, and only while it shows the own page.
 * @throws FailureError `request-refused`
 */
export function checkSender({ contentsId, frame }: Sender, windowId: number | undefined): void {
  const refuse = (reason: string): never => {
    throw new FailureError({ code: 'request-refused', reason })
  }
  if (windowId === undefined || contentsId !== windowId) return refuse('not the window')
  if (!frame) return refuse('its frame is gone')
  if (!frame.isMainFrame) return refuse('not the main frame')
  if (!isOwnPage(frame.url)) return refuse('not the own page')
}

/**
 * Measures a message before anything looks into it.
 * @throws FailureError `request-refused` over 256 KiB, or where it is not plain data
 */
export function checkSize(message: unknown): void {
  let text: string | undefined
  try {
    text = JSON.stringify(message)
  } catch {
    // Cycles and big integers: structured cloning passes them, but no request has them.
    text = undefined
  }
  if (text === undefined) throw new FailureError({ code: 'request-refused', reason: 'not plain data' })
  if (text.length > longestBytes) throw new FailureError({ code: 'request-refused', reason: 'too large' })
}
