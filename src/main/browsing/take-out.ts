import { basename } from 'node:path'
import type { JobResult } from '../../shared/model/job.ts'
import type { ArchivePlace } from '../../shared/model/place.ts'
import type { Progress } from '../../shared/model/progress.ts'
import { extractTo, type Extraction } from '../archives/extract.ts'
import { SafeNames } from '../archives/safe-names.ts'
import type { Survey } from '../archives/selection.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Vault } from '../vault/vault.ts'
import type { Browser } from './browse.ts'

/** What is to be taken out of an archive; everything where no entries are named. */
export interface TakeOutRequest {
  readonly place: ArchivePlace
  readonly entries?: readonly string[]
}

/** What taking out would come to, for the questions before it. */
export interface TakeOutSurvey extends Survey {
  /** True where a person has to agree to the size (reliability A35): more than 1 GiB, or packed more than 200 to 1. */
  readonly isLarge: boolean
}

const largeBytes = 1024 ** 3
const largeRatio = 200

/** Says what taking out would come to. Nothing is made. @throws FailureError `not-found`, `archive-…` */
export async function surveyTakeOut(
  browser: Browser,
  { place, entries }: TakeOutRequest,
  signal: AbortSignal,
): Promise<TakeOutSurvey> {
  return await browser.inside(place, signal, async (archive) => {
    const survey = await archive.survey({ ...(entries && { paths: entries }) }, signal)
    const { totalBytes, packedBytes } = survey
    // A tar.gz is packed as a whole: its own size stands for the share of each file, and no ratio looks larger by that.
    const from = Math.max(1, packedBytes === 0 ? archive.archiveBytes : packedBytes)
    return { ...survey, isLarge: totalBytes > largeBytes || totalBytes > largeRatio * from }
  })
}

export interface TakeOutNeeds {
  readonly browser: Browser
  readonly vault: Pick<Vault, 'read'>
  readonly activity: ActivityLog
}

/** The use case "take files out": as `createTakeOut` promises. */
export type TakeOut = (
  request: TakeOutRequest & { readonly folder: string; readonly renameUnsafe: boolean },
  options: { readonly signal: AbortSignal; readonly report: (progress: Progress) => void },
) => Promise<Extraction>

/**
 * Takes entries out into an empty folder, says how far it is, and writes to the history that it was done: what is in a
 * backup is confidential. Whoever calls has asked what needs asking. Everything that was made is removed where it fails
 * or is stopped.
 * @throws FailureError `target-not-empty`, `disk-full`, `archive-…`
 */
export function createTakeOut({ browser, vault, activity }: TakeOutNeeds): TakeOut {
  return async ({ place, entries, folder, renameUnsafe }, { signal, report }) => {
    report({ phase: 'opening', bytesDone: 0 })
    const extraction = await browser.inside(place, signal, async (archive) => {
      const { totalBytes } = await archive.survey({ ...(entries && { paths: entries }) }, signal)
      const names = renameUnsafe ? new SafeNames() : undefined
      return await extractTo(archive, entries, folder, {
        signal,
        onBytes: reportBytes(report, 'taking-out', totalBytes),
        ...(names && { names }),
      })
    })
    const record = await vault.read(place.archiveId)
    await activity.append({
      action: 'files-taken-out',
      subject: record.device.name,
      facts: {
        archive: record.id,
        ...(place.inside.length > 0 && { inside: place.inside.join(' / ') }),
        files: String(extraction.files),
        bytes: String(extraction.bytes),
        folder: basename(folder),
      },
    })
    return extraction
  }
}

/** What a job that took entries out says at its end. */
export function takeOutResult({ files, skippedCount, renamedCount }: Extraction, folder: string): JobResult {
  return {
    kind: 'folder',
    folderName: basename(folder),
    files,
    skipped: skippedCount,
    renamed: renamedCount,
  }
}
