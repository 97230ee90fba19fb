import { FailureError } from '../../shared/failure.ts'
import type { SearchQuery } from '../../shared/model/search.ts'
import { LineCount } from './line-count.ts'
import { foldName } from './names.ts'
import { openArchive, type OpenOptions } from './open.ts'
import { compilePattern } from './search-pattern.ts'
import { ContentScan } from './search-scan.ts'
import { SearchWalk, type Look, type SearchOptions, type SearchTotals } from './search-walk.ts'

export type { FoundFile, SearchOptions, SearchTotals, SkippedPart } from './search-walk.ts'

/**
 * Looks for a text in an archive: in every file that can be read without a password, in one pass, or in the paths of
 * files, links and devices. Archives inside it are searched as well, at most three deep; for contents, they and single
 * files in gzip are told by their bytes, for names by theirs, as to look at the beginning of every file would be to
 * unpack them all. A file that is damaged and an archive inside that is refused are told as skipped, and the search goes
 * on. Nothing is told of an archive that does not open.
 * @throws FailureError `archive-opaque`, as `openArchive`, and the reason of `signal`
 */
export async function searchArchive(
  file: string | Uint8Array,
  query: SearchQuery,
  options: SearchOptions & Pick<OpenOptions, 'name' | 'mayBeOpaque' | 'onRead'>,
): Promise<SearchTotals> {
  const { onHit, onSkipped, signal, name, mayBeOpaque, onRead } = options
  const held: (() => void)[] = []
  let tell = (report: () => void): void => {
    held.push(report)
  }
  const walk = new SearchWalk(lookOf(query), {
    ...options,
    onHit: (hit) => {
      tell(() => {
        onHit(hit)
      })
    },
    onSkipped: (skipped) => {
      tell(() => onSkipped?.(skipped))
    },
  })
  const isContents = query.in === 'contents'
  await using archive = await openArchive(file, {
    signal,
    ...(name !== undefined && { name }),
    ...(mayBeOpaque !== undefined && { mayBeOpaque }),
    ...(onRead && { onRead }),
    // Unpacking it once more would take as long again.
    ...(isContents && {
      whileUnpacking: async (passing, outer) => {
        await walk.passing(passing, outer)
      },
    }),
  })
  if (archive.container === 'opaque')
    throw new FailureError({ code: 'archive-opaque', archive: archive.name })
  for (const report of held) report()
  tell = (report) => {
    report()
  }
  if (!isContents || archive.container !== 'tar.gz') await walk.archive([archive], [])
  return walk.totals()
}

function lookOf({ in: where, text, matchCase }: SearchQuery): Look {
  if (where === 'contents') {
    const pattern = compilePattern({ text, matchCase })
    // Contents are looked through one after the other, so that one count serves them all.
    const lines = new LineCount()
    return { contents: (head, path) => new ContentScan(pattern, head, path, lines) }
  }
  const fold = matchCase ? (name: string): string => name.normalize('NFC') : foldName
  const wanted = fold(text)
  return { names: (path) => fold(path).includes(wanted) }
}
