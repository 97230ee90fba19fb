import type { ArchivePlace } from '../../../shared/model/place.ts'
import { request } from '../../api.ts'
import { messages, showFailure } from '../../stores/messages.ts'
import { settingsStore } from '../../stores/settings.ts'
import { browseTexts } from '../../parts/browse-texts.ts'

/** As many as one request names; more is "everything". */
export const selectedAtMost = 10_000

/**
 * Takes entries, or everything, out into an empty folder that the person chooses in main's dialog. It runs as a job, which
 * says in the tray how far it is and what came of it.
 */
export async function takeOut(place: ArchivePlace, entries?: readonly string[]): Promise<void> {
  if (entries !== undefined && entries.length > selectedAtMost) {
    sayTooMany()
    return
  }
  const result = await request('browse.extract', { place, ...(entries && { entries }) })
  if (!result.ok) showFailure(result.failure)
}

/** Says that a selection is larger than what can be taken out by name. */
export function sayTooMany(): void {
  const { tooMany } = browseTexts[settingsStore.getState().settings.language]
  messages.show({ tone: 'caution', text: tooMany })
}
