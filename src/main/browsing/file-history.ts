import { FailureError, isFailure, type Failure } from '../../shared/failure.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import type { FileHistory, FileVersion } from '../../shared/model/history.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { FileDigest } from '../archives/digest.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'
import { inTurns } from './in-turns.ts'

/** One file of a device: the way to the archive in which it lies, and its path there. */
export interface FileOfDevice {
  readonly inside: readonly string[]
  readonly entry: string
}

export type ReadHistory = (
  deviceId: DeviceId,
  file: FileOfDevice,
  signal: AbortSignal,
) => Promise<FileHistory>

/**
 * Reads one file in all archives of a device, the newest first. An archive that cannot be opened, or in which the file
 * cannot be read, carries its failure; one that does not hold the file is there without it.
 */
export function createReadHistory(needs: {
  /** The archives of a device, the newest first. */
  readonly recordsOf: (deviceId: DeviceId) => Promise<readonly ArchiveRecord[]>
  readonly open: (record: ArchiveRecord, signal: AbortSignal) => Promise<HostedArchive>
  readonly toFailure: (error: unknown) => Failure
  /** How many archives are read at once. */
  readonly width: number
}): ReadHistory {
  return async (deviceId, file, signal) => {
    const records = await needs.recordsOf(deviceId)
    const digests: (FileDigest | undefined)[] = []
    const failures: (Failure | undefined)[] = []
    await inTurns(records, needs.width, async (record, index) => {
      try {
        await using archive = await needs.open(record, signal)
        digests[index] = await digestIn(archive, file, signal)
      } catch (error) {
        signal.throwIfAborted()
        failures[index] = needs.toFailure(error)
      }
    })
    return records.map(({ id, takenAt }, index): FileVersion => {
      const digest = digests[index]
      const failure = failures[index]
      return {
        archiveId: id,
        takenAt,
        ...(digest && { file: digest }),
        isSame: digest !== undefined && digest.sha256 === digests[index + 1]?.sha256,
        ...(failure && { failure }),
      }
    })
  }
}

async function digestIn(
  archive: HostedArchive,
  { inside, entry }: FileOfDevice,
  signal: AbortSignal,
): Promise<FileDigest | undefined> {
  if (archive.container === 'opaque')
    throw new FailureError({ code: 'archive-opaque', archive: archive.name })
  const [next, ...rest] = inside
  if (next === undefined) return await archive.call('digest', { path: entry }, { signal })
  try {
    await using inner = await archive.openInside(next, { signal })
    return await digestIn(inner, { inside: rest, entry }, signal)
  } catch (error) {
    // Where there is no such archive inside, there is no such file.
    if (isFailure(error, 'not-found')) return undefined
    throw error
  }
}
