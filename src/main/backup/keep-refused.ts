import { FailureError, type Failure, type FailureCode } from '../../shared/failure.ts'
import type { RefusalDraft } from '../../shared/model/refused.ts'
import type { ActivityLog } from '../activity/log.ts'
import { readerFailure } from '../archives/reader-failures.ts'
import { ParserFault } from '../parser-host/parser-fault.ts'
import type { StagedFile } from '../vault/staging.ts'
import type { Vault } from '../vault/vault.ts'

export interface RefusalNeeds {
  readonly vault: Vault
  readonly activity: ActivityLog
}

/** A file that came whole and did not become an archive. */
export interface UnstoredFile {
  readonly staged: StagedFile
  readonly known: Omit<RefusalDraft, 'failure'>
  /** What went wrong after the bytes had come. */
  readonly error: unknown
  readonly signal: AbortSignal
}

/** Whether a reader's failure leaves bytes that are worth keeping. */
export function isRefusal(code: FailureCode, isNamed: boolean): boolean {
  const kept = readerFailure(code)?.bytesKept
  return kept === 'always' || (kept === 'where-named' && isNamed)
}

/**
 * Empties staging after a file did not become an archive: what the reader refused is kept, bit for bit and marked, and
 * everything else dropped. Nothing is kept after a cancel.
 * @throws FailureError `disk-full`, `storage-unwritable`, … where it could not be kept: that is then the thing to tell
 */
export async function keepRefused(
  { vault, activity }: RefusalNeeds,
  { staged, known, error, signal }: UnstoredFile,
): Promise<void> {
  const failure = failureOf(error, staged.fileName)
  const isNamed = known.origin !== 'import' || known.family !== undefined
  if (failure === undefined || signal.aborted || !isRefusal(failure.code, isNamed)) {
    await vault.discard(staged)
    return
  }
  try {
    const refusal = await vault.refusals.keep(staged, { ...known, failure }, { signal })
    await activity.append({
      action: 'archive-refused',
      subject: known.device?.name ?? staged.fileName,
      facts: {
        refused: refusal.id,
        sha256: refusal.sha256,
        sizeBytes: String(refusal.sizeBytes),
        file: refusal.fileName,
        code: failure.code,
      },
    })
  } catch (cause) {
    await vault.discard(staged)
    throw cause
  }
}

/** A mistake of our own reader is no reason to lose the bytes that it met. */
function failureOf(error: unknown, archive: string): Failure | undefined {
  if (error instanceof ParserFault) return { code: 'parser-died', archive, reason: 'fault' }
  return error instanceof FailureError ? error.failure : undefined
}
