import type { WebContents } from 'electron'
import { events, type EventName, type EventPayload } from '../../shared/ipc/contract.ts'

/** Sends an event to the window, after its schema was checked: nothing else leaves main. */
export type SendEvent = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** `contents` gives the window's contents, or `undefined` while there is none. */
export function createSendEvent(contents: () => WebContents | undefined): SendEvent {
  return (name, payload) => {
    const target = contents()
    if (!target || target.isDestroyed()) return
    target.send(name, events[name].parse(payload))
  }
}
