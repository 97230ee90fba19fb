import type { RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { valueOf } from '../../../shared/compatibility/rule.ts'
import type { FindingValue } from '../../../shared/model/finding.ts'
import type { Fact } from '../../../shared/model/identity.ts'
import { certainLimitBytes, cautiousLimitBytes } from '../../../shared/model/endpoint-protector-size.ts'
import { forecastSize } from '../../../shared/size-forecast.ts'
import type { ArchiveFacts } from '../../../shared/compatibility/rule.ts'
import { isFormerKind } from './archive.ts'

/** Which of the two kinds of backup a file is: by its name where that says so, else as a person stated. */
export function kindOf({ record, archive }: Pick<RuleInput, 'record' | 'archive'>): {
  readonly kind: 'v1' | 'v2' | undefined
  readonly said: Fact<string> | undefined
} {
  const said = traitOf(archive, 'kind')
  if (isFormerKind(record.fileName)) return { kind: 'v1', said }
  return { kind: said?.value === 'v1' || said?.value === 'v2' ? said.value : undefined, said }
}

export function traitOf({ source }: ArchiveFacts, name: string): Fact<string> | undefined {
  return source.traits?.[name]
}

/** E1: without its System Backup Key a v2 backup cannot be imported; nobody can make the key again. */
export function keyPresent({ record, archive }: RuleInput): RuleOutcome {
  if (kindOf({ record, archive }).kind === 'v1') return { result: 'pass', reason: 'no-key' }
  switch (archive.keyKept) {
    case true:
      return { result: 'pass', reason: 'kept' }
    case false:
      return { result: 'blocker', reason: 'missing' }
    case undefined:
      return { result: 'unknown', reason: 'not-asked' }
  }
}

/**
 * E2: the server processes at most 200 MB; which megabyte the vendor means is not said, so between the two readings it
 * is a caution. What past sizes foresee is told beside it and decides nothing.
 */
export function sizeLimit({ record, archive }: RuleInput): RuleOutcome {
  const { sizeBytes } = record
  const archiveValue: FindingValue = { value: String(sizeBytes), provenance: 'recorded' }
  const facts = { sizeBytes: String(sizeBytes), ...forecastFacts(archive) }
  const former = kindOf({ record, archive }).kind === 'v1' ? '-v1' : ''
  if (sizeBytes > certainLimitBytes)
    return { result: 'blocker', reason: `too-large${former}`, archiveValue, facts }
  if (sizeBytes > cautiousLimitBytes)
    return { result: 'caution', reason: `near-limit${former}`, archiveValue, facts }
  return { result: 'pass', reason: 'below', archiveValue, facts }
}

function forecastFacts({ pastSizes }: ArchiveFacts): Readonly<Record<string, string>> {
  if (!pastSizes) return {}
  const forecast = forecastSize(pastSizes, cautiousLimitBytes)
  return {
    forecast: forecast.kind,
    ...(forecast.kind === 'ahead' && { weeks: String(forecast.weeks) }),
    ...(forecast.kind === 'too-few' && { points: String(forecast.points) }),
  }
}

/** E8: what no backup holds is lost with the old appliance. */
export function logsLeftOut(): RuleOutcome {
  return { result: 'caution', reason: 'not-contained' }
}

/** E20: a file of the former kind is not for Import and Restore (Migrate). */
export function kindOfBackup({ record, archive }: RuleInput): RuleOutcome {
  const { kind, said } = kindOf({ record, archive })
  const archiveValue = valueOf(said) ?? { value: record.fileName, provenance: 'recorded' as const }
  if (kind === 'v1') return { result: 'blocker', reason: 'former-kind', archiveValue }
  if (kind === 'v2') return { result: 'pass', reason: 'migration', archiveValue }
  const asks = [{ about: 'archive' as const, fact: 'kind' }]
  return { result: 'caution', reason: 'kind-not-stated', archiveValue, asks }
}
