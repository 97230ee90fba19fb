import type { ArchiveVerdict } from '../../shared/model/archive-verdict.ts'
import { clipKept } from '../../shared/model/refused.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'
import type { RecordDraft } from '../vault/commit.ts'

/** What a record says of an archive because it has been opened. */
export function openedAs({
  container,
  verdict,
}: Pick<HostedArchive, 'container' | 'verdict'>): Pick<RecordDraft, 'container' | 'proof' | 'verdict'> {
  // Nobody has looked into such a file, so nothing is found about it.
  if (container === 'opaque') return { container, proof: 'L1' }
  return { container, proof: 'L2', verdict: kept(verdict) }
}

/** With examples that a hostile archive cannot make as long as it likes. */
function kept(verdict: ArchiveVerdict): ArchiveVerdict {
  if (verdict.verdict === 'ok') return verdict
  const reasons = verdict.reasons.map((reason) => ({ ...reason, example: clipKept(reason.example) }))
  return { verdict: 'view', reasons }
}
