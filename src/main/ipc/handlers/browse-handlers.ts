import { basename } from 'node:path'
import { FailureError } from '../../../shared/failure.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type BrowseHandlers = Pick<
  Handlers,
  | 'browse.open'
  | 'browse.folder'
  | 'browse.find'
  | 'browse.preview'
  | 'browse.bytes'
  | 'browse.extract'
  | 'compare.archives'
  | 'compare.entry'
>

/** Requests about what is inside archives. */
export function browseHandlers({ browser }: Ferrite, dialogs: Dialogs): BrowseHandlers {
  return {
    'browse.open': async ({ place, password }, signal) => {
      if (password !== undefined) await browser.unlock(place, password, signal)
      return await browser.with(
        place,
        signal,
        ({ container, count, archiveBytes, unpackedBytes, verdict }) => ({
          ...place,
          container,
          entries: count,
          archiveBytes,
          unpackedBytes,
          verdict,
        }),
      )
    },
    'browse.folder': async ({ place, folder, from, count }, signal) =>
      await browser.folder(place, { path: folder, from, count }, signal),
    'browse.find': async ({ place, text }, signal) => await browser.find(place, text, signal),
    'browse.preview': async ({ place, entry, reveal }, signal) =>
      await browser.preview(place, { path: entry, reveal }, signal),
    'browse.bytes': async ({ place, entry, offset, length }, signal) => {
      const bytes = await browser.bytes(place, { path: entry, offset, length }, signal)
      return { bytesBase64: Buffer.from(bytes).toString('base64') }
    },
    'browse.extract': async ({ place, entries }, signal) => {
      const folder = await dialogs.chooseEmptyFolder()
      if (folder === undefined) return undefined
      const { files, skippedCount } = await browser.extract(place, entries, folder, { signal })
      return { files, skipped: skippedCount, folderName: basename(folder) }
    },
    'compare.archives': async ({ before, after }, signal) => {
      if (JSON.stringify(before) === JSON.stringify(after))
        throw new FailureError({ code: 'bad-input', field: 'archives', reason: 'are the same' })
      return await browser.compare(before, after, signal)
    },
    'compare.entry': async ({ before, after, entry }, signal) =>
      await browser.compareEntry(before, after, entry, signal),
  }
}
