import type { Entry } from '../../../shared/model/entry.ts'
import { breathe } from '../../archives/archive-base.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { isObject, valueAt, type Members } from '../lens-values.ts'
import { readSetupText, recognises } from './archive.ts'

/** More entries than this are looked up by their exact names only. */
const looseNamesAtMost = 200_000

/** A setup archive, as its lenses read it. */
export interface LensSource {
  readonly archive: OpenArchive
  /** What `ctrlx-setup.json` says; nothing of it has been checked. */
  readonly document: Members
  readonly signal: AbortSignal
  /** The entry that the `$path` of an element means, where it is in the archive. */
  readonly entryOf: (element: unknown, folder: string) => Promise<Entry | undefined>
}

/** `undefined` for what is no setup archive, or has no JSON object where the settings should be. */
export async function readLensSource(
  archive: OpenArchive,
  signal: AbortSignal,
): Promise<LensSource | undefined> {
  if (archive.container !== 'zip' || !recognises(archive)) return undefined
  const { text } = await readSetupText(archive, signal)
  const document = parse(text)
  if (document === undefined) return undefined
  const names = looseNames(archive, signal)
  return {
    archive,
    document,
    signal,
    entryOf: async (element, folder) => {
      const path = valueAt(element, '$path')
      if (typeof path !== 'string') return undefined
      for (const name of placesOf(path, folder)) {
        const entry = archive.find(name) ?? archive.find((await names()).get(name.toLowerCase()) ?? name)
        if (entry !== undefined) return entry
      }
      return undefined
    },
  }
}

/**
 * Where a `$path` may point: from the root with a slash in front, else from the folder of its element. Files of the
 * vendor's documentation name the whole path without the slash, too.
 */
export function placesOf(path: string, folder: string): readonly string[] {
  // Slashes are cut one by one: a pattern would look at a long row of them again and again.
  let [start, end] = [0, path.length]
  while (start < end && path[start] === '/') start += 1
  while (end > start && path[end - 1] === '/') end -= 1
  const trimmed = path.slice(start, end)
  return start > 0 ? [trimmed] : [`${folder}/${trimmed}`, trimmed]
}

function parse(text: string): Members | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return isObject(value) ? value : undefined
  } catch {
    // No JSON: there is nothing to show as tables, and the file itself can still be looked at.
    return undefined
  }
}

/** The vendor looks names up whatever their case. The list is made when the first name is not found as it stands. */
function looseNames(archive: OpenArchive, signal: AbortSignal): () => Promise<ReadonlyMap<string, string>> {
  let names: Promise<ReadonlyMap<string, string>> | undefined
  const list = async (): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>()
    if (archive.count > looseNamesAtMost) return found
    let seen = 0
    for (const { path } of archive.entries()) {
      found.set(path.toLowerCase(), path)
      if (++seen % 4096 === 0) await breathe(signal)
    }
    return found
  }
  return async () => await (names ??= list())
}
