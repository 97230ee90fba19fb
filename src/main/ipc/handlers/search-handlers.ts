import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type SearchHandlers = Pick<Handlers, 'search.start' | 'search.cancel' | 'search.hits' | 'history.read'>

/** Requests about files across archives. */
export function searchHandlers({ search, readHistory }: Ferrite): SearchHandlers {
  return {
    'search.start': async ({ query, scope }) => await search.start(query, scope),
    'search.cancel': ({ id }) => search.cancel(id),
    'search.hits': ({ id, from, count }) => search.hits(id, from, count),
    'history.read': async ({ deviceId, inside, entry }, signal) =>
      await readHistory(deviceId, { inside, entry }, signal),
  }
}
