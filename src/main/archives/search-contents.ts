import { FailureError } from '../../shared/failure.ts'
import type { SearchQuery } from '../../shared/model/search.ts'
import type { OpenArchive } from './archive.ts'
import { foldName } from './names.ts'
import { compilePattern } from './search-pattern.ts'
import { ContentScan } from './search-scan.ts'
import { SearchWalk, type Look, type SearchOptions, type SearchTotals } from './search-walk.ts'

export type { FoundFile, SearchOptions, SearchTotals, SkippedPart } from './search-walk.ts'

/**
 * Looks for a text in every file that can be read without a password, in one pass over the archive. Archives inside it
 * are searched as well, at most three deep, and so are single files in gzip; both are told by their bytes. A file that
 * is damaged and an archive inside that is refused are told as skipped, and the search goes on.
 * @throws FailureError `archive-opaque`, `file-unreadable`, and the reason of `signal`
 */
export async function searchContents(
  archive: OpenArchive,
  query: Omit<SearchQuery, 'in'>,
  options: SearchOptions,
): Promise<SearchTotals> {
  const pattern = compilePattern(query)
  return await search(archive, options, { contents: (head, path) => new ContentScan(pattern, head, path) })
}

/**
 * Looks for a text in the paths of files, links and devices: first in the archive itself, then in those inside it whose
 * names are those of archives. To look at the beginning of every file would be to unpack them all.
 * @throws FailureError as `searchContents`
 */
export async function searchNames(
  archive: OpenArchive,
  { text, matchCase }: Omit<SearchQuery, 'in'>,
  options: SearchOptions,
): Promise<SearchTotals> {
  const fold = matchCase ? (name: string): string => name.normalize('NFC') : foldName
  const wanted = fold(text)
  return await search(archive, options, { names: (path) => fold(path).includes(wanted) })
}

async function search(archive: OpenArchive, options: SearchOptions, look: Look): Promise<SearchTotals> {
  if (archive.container === 'opaque')
    throw new FailureError({ code: 'archive-opaque', archive: archive.name })
  const walk = new SearchWalk(look, options)
  await walk.archive([archive, ...(options.around ?? [])], [])
  return walk.totals()
}
