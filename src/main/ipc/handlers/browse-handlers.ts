import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'
import { Openings } from './openings.ts'

type BrowseHandlers = Pick<
  Handlers,
  'browse.open' | 'browse.stop' | 'browse.folder' | 'browse.find' | 'browse.preview' | 'browse.bytes'
>

/** Requests about what is inside archives. */
export function browseHandlers({ browser }: Ferrite): BrowseHandlers {
  const openings = new Openings()
  return {
    'browse.open': async ({ place, password }, ending) =>
      await openings.run(place, ending, async (signal) => {
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
      }),
    'browse.stop': ({ place }) => openings.stop(place),
    'browse.folder': async ({ place, folder, from, count }, signal) =>
      await browser.folder(place, { path: folder, from, count }, signal),
    'browse.find': async ({ place, text }, signal) => await browser.find(place, text, signal),
    'browse.preview': async ({ place, entry, reveal }, signal) =>
      await browser.preview(place, { path: entry, reveal }, signal),
    'browse.bytes': async ({ place, entry, offset, length }, signal) => {
      const bytes = await browser.bytes(place, { path: entry, offset, length }, signal)
      return { bytesBase64: Buffer.from(bytes).toString('base64') }
    },
  }
}
