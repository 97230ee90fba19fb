import type { Failure } from '../../../shared/failure.ts'
import type { FileHistory, FileVersion } from '../../../shared/model/history.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'

/** Backups one after the other in which a file is the same: there with the same content, or not there. */
export interface VersionRange {
  /** The newest of the archives; known by it. */
  readonly archiveId: ArchiveId
  readonly newestAt: string
  readonly oldestAt: string
  readonly backups: number
  readonly file: FileVersion['file']
  readonly failure: Failure | undefined
}

/** A history as ranges, the newest first. What could not be read stands alone: nobody knows what it is the same as. */
export function rangesOf(history: FileHistory): readonly VersionRange[] {
  const ranges: VersionRange[] = []
  for (const { archiveId, takenAt, file, failure } of history) {
    const last = ranges.at(-1)
    const isSame =
      last !== undefined &&
      last.failure === undefined &&
      failure === undefined &&
      last.file?.sha256 === file?.sha256
    if (isSame) ranges[ranges.length - 1] = { ...last, oldestAt: takenAt, backups: last.backups + 1 }
    else ranges.push({ archiveId, newestAt: takenAt, oldestAt: takenAt, backups: 1, file, failure })
  }
  return ranges
}

/** The two versions that are shown: those that a person chose, else the two newest; the older one first. */
export function twoOf(
  ranges: readonly VersionRange[],
  chosen: ReadonlySet<string>,
): readonly [older: VersionRange, newer: VersionRange] | undefined {
  const held = ranges.filter(({ file }) => file !== undefined)
  const wanted = chosen.size === 0 ? held : held.filter(({ archiveId }) => chosen.has(archiveId))
  const [newer, older] = wanted
  return newer === undefined || older === undefined ? undefined : [older, newer]
}
