import { FailureError } from '../../shared/failure.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { HostedArchive } from './hosted-archive.ts'

/**
 * What an archive says of its source, as one of the first of these families that knows it; facts that it does not hold
 * are taken from `recorded`.
 * @throws FailureError `archive-foreign` where none of them knows it, `archive-…`
 */
export async function describeAs(
  archive: HostedArchive,
  families: readonly FamilyId[],
  recorded: Omit<Identity, 'family'>,
  signal: AbortSignal,
): Promise<{ readonly family: FamilyId; readonly source: Identity }> {
  const described = await archive.call('describe', { families, recorded }, { signal })
  if (described !== undefined) return described
  throw new FailureError({
    code: 'archive-foreign',
    archive: archive.name,
    family: families.join(', '),
    detail: 'nothing in it that this kind of device writes',
  })
}
