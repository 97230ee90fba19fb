import { FailureError } from '../../../shared/failure.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type CompareHandlers = Pick<Handlers, 'compare.archives' | 'compare.entry' | 'compare.live'>

/** Requests about two archives beside each other, or an archive and its device as it is now. */
export function compareHandlers({ browser, inventory, compareLive }: Ferrite): CompareHandlers {
  return {
    'compare.archives': async ({ before, after }, signal) => {
      if (JSON.stringify(before) === JSON.stringify(after))
        throw new FailureError({ code: 'bad-input', field: 'archives', reason: 'are the same' })
      return await browser.compare(before, after, signal)
    },
    'compare.entry': async ({ before, after, entry }, signal) =>
      await browser.compareEntry(before, after, entry, signal),
    'compare.live': async ({ archiveId, deviceId }, signal) =>
      await compareLive(archiveId, await inventory.get(deviceId), signal),
  }
}
