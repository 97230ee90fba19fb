import type { DragEvent } from 'react'
import type { DragId } from '../../shared/ipc/requests/browse-requests.ts'
import type { Result } from '../../shared/result.ts'
import { request } from '../api.ts'
import { browseTexts } from './browse-texts.ts'
import { messages, showFailure } from '../stores/messages.ts'
import { settingsStore } from '../stores/settings.ts'

/**
 * Drags out of the window: main makes copies, then the system's own drag begins, as long as the button of the mouse is
 * still held. Where it was let go meanwhile, the copies are ready for the next time.
 */
export async function dragOut(prepare: () => Promise<Result<DragId>>): Promise<void> {
  const held = new AbortController()
  const letGo = (): void => held.abort()
  const endings = ['pointerup', 'pointercancel', 'blur'] as const
  for (const ending of endings) window.addEventListener(ending, letGo, { once: true, capture: true })
  const prepared = await prepare()
  for (const ending of endings) window.removeEventListener(ending, letGo, { capture: true })
  if (!prepared.ok) {
    showFailure(prepared.failure)
    return
  }
  if (held.signal.aborted) {
    const { dragReady } = browseTexts[settingsStore.getState().settings.language]
    messages.show({ tone: 'accent', text: dragReady })
    return
  }
  const begun = await request('drag.begin', { id: prepared.value })
  if (!begun.ok) showFailure(begun.failure)
}

/** The key that makes a copy in the system's own file manager turns a drag within the window into one out of it. */
export function isCopyDrag(event: DragEvent): boolean {
  return navigator.platform.startsWith('Mac') ? event.altKey : event.ctrlKey
}
