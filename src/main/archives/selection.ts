import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive, PassingEntry } from './archive.ts'
import { breathe } from './archive-base.ts'
import { maxLevels } from './limits.ts'
import { judgeName } from './names.ts'

/** Which entries are meant: all, or those of `paths` with what lies below them. It crosses between processes. */
export interface Selection {
  readonly paths?: readonly string[]
  /** Leaves out what is not taken out of an archive: restricted entries, links and devices. */
  readonly withoutRefused?: boolean
  /** Takes entries whose names are not safe on every system nevertheless; they get other names on the way out. */
  readonly withUnsafeNames?: boolean
  /** Leaves out what cannot be read without a password, and everything that is no file. */
  readonly onlyReadable?: boolean
}

/** What a selection comes to. `skipped`: what it names that is not taken out, the first of `skippedCount`. */
export interface Survey {
  readonly files: number
  readonly totalBytes: number
  /** What the files have in the archive, as far as its container says so for each; else 0. */
  readonly packedBytes: number
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly skippedCount: number
  /** Files and folders whose names are not safe on every system, whether they are selected `withUnsafeNames` or not. */
  readonly unsafeNames: number
}

/** Why an entry is not taken out; `undefined` where it is. */
export function refusalOf(entry: Entry): string | undefined {
  const { restriction, kind, path } = entry
  if (restriction !== undefined && restriction !== 'unsafe-name') return restriction
  if (kind === 'link') return 'link'
  if (kind === 'other') return 'special'
  return restriction ?? (judgeName(path) === 'safe' ? undefined : 'unsafe-name')
}

const skippedAtMost = 1000

/** @throws FailureError `not-found` where `paths` name nothing that is there */
export async function surveySelection(
  archive: OpenArchive,
  selection: Selection,
  signal: AbortSignal,
): Promise<Survey> {
  const isWanted = pathFilter(selection.paths)
  const skipped: { path: string; reason: string }[] = []
  let [files, totalBytes, packedBytes, skippedCount, unsafeNames, wanted, steps] = [0, 0, 0, 0, 0, 0, 0]
  for (const entry of archive.entries()) {
    if (++steps % 32_768 === 0) await breathe(signal)
    if (!isWanted(entry.path)) continue
    wanted += 1
    const reason = refusalOf(entry)
    const isUnsafeName = reason === 'unsafe-name'
    if (isUnsafeName) unsafeNames += 1
    if (reason !== undefined && !(isUnsafeName && selection.withUnsafeNames === true)) {
      skippedCount += 1
      if (skipped.length < skippedAtMost) skipped.push({ path: entry.path, reason })
    } else if (entry.kind === 'file') {
      files += 1
      totalBytes += entry.sizeBytes
      packedBytes += entry.compressedBytes ?? 0
    }
  }
  const [first] = selection.paths ?? []
  if (wanted === 0 && first !== undefined)
    throw new FailureError({ code: 'not-found', kind: 'entry', id: first })
  return { files, totalBytes, packedBytes, skipped, skippedCount, unsafeNames }
}

/** The selected entries in one pass, as `OpenArchive.readAll`. */
export function readSelection(
  archive: OpenArchive,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<PassingEntry> {
  const isWanted = pathFilter(selection.paths)
  const only = (entry: Entry): boolean =>
    isWanted(entry.path) &&
    !(selection.withoutRefused === true && isLeftOut(entry, selection)) &&
    !(selection.onlyReadable === true && (entry.kind !== 'file' || entry.restriction === 'encrypted'))
  return archive.readAll({ signal, only })
}

function isLeftOut(entry: Entry, { withUnsafeNames = false }: Selection): boolean {
  const reason = refusalOf(entry)
  return reason !== undefined && !(withUnsafeNames && reason === 'unsafe-name')
}

/** True for the chosen paths and all that lies below them. */
function pathFilter(paths: readonly string[] | undefined): (path: string) => boolean {
  if (paths === undefined) return () => true
  const chosen = new Set(paths.map((path) => (path.endsWith('/') ? path.slice(0, -1) : path)))
  return (path) => {
    if (chosen.has(path)) return true
    let levels = 0
    for (let at = path.indexOf('/'); at > 0 && levels < maxLevels; at = path.indexOf('/', at + 1)) {
      if (chosen.has(path.slice(0, at))) return true
      levels += 1
    }
    return false
  }
}
