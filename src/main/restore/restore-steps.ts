import { mayRestore, rulesAgainst } from '../../shared/compatibility/check.ts'
import { FailureError, isFailure, type Failure } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'
import type { ConnectNeeds } from '../backup/connect.ts'
import { takeBackup, type OpenFile } from '../backup/take-backup.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { DeviceSession } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { Vault } from '../vault/vault.ts'
import { readArchiveFacts, type KeyKept, type StatedOf } from './archive-facts.ts'
import { checkFit } from './check-fit.ts'
import { identifyNow } from './identify-now.ts'
import { confirmSameDevice, planHash } from './plan.ts'

/** What the steps before the changing call work with, automatic or guided. */
export interface RestoreStepNeeds extends ConnectNeeds {
  readonly inventory: Inventory
  readonly vault: Vault
  readonly catalog: Catalog
  readonly activity: ActivityLog
  readonly openFile: OpenFile
  readonly stated: StatedOf
  readonly keyKept?: KeyKept
  readonly toFailure: (error: unknown) => Failure
}

/** The pair that a restore is about, with the archive opened. */
export interface RestoreTarget {
  readonly device: Device
  readonly record: ArchiveRecord
  readonly archive: HostedArchive
}

/** R1 and the plan's own hash: neither the bytes nor what the person agreed to may have changed. */
export async function confirmArchive(
  needs: RestoreStepNeeds,
  plan: RestorePlan,
  device: Device,
  record: ArchiveRecord,
  context: JobContext,
): Promise<void> {
  context.report({ phase: 'checking-archive', bytesDone: 0, bytesTotal: record.sizeBytes })
  confirmPlan(plan, device, record)
  await confirmStored(needs, plan, record, context)
}

/** R7: what the person agreed to still holds. @throws FailureError `plan-stale` */
export function confirmPlan(plan: RestorePlan, device: Device, record: ArchiveRecord): void {
  const hash = planHash({ record, device, target: plan.target, options: plan.options })
  if (hash === plan.hash) return
  throw new FailureError({ code: 'plan-stale', reason: 'plan', expected: plan.hash, actual: hash })
}

/** R1: the stored bytes are those of the plan. @throws FailureError `archive-changed` */
export async function confirmStored(
  { vault }: RestoreStepNeeds,
  plan: RestorePlan,
  record: ArchiveRecord,
  context: JobContext,
): Promise<void> {
  const { sha256, matches } = await vault.rehash(record.id, {
    signal: context.signal,
    onBytes: reportBytes(context.report, 'checking-archive', record.sizeBytes),
  })
  if (!matches || sha256 !== plan.archiveSha256) {
    throw new FailureError({
      code: 'archive-changed',
      archive: record.id,
      expectedSha256: plan.archiveSha256,
      actualSha256: sha256,
    })
  }
}

/** R4 and R2 again, now against what the device says itself. */
export async function confirmTarget(
  { familyOf, stated, keyKept }: RestoreStepNeeds,
  plan: RestorePlan,
  { device, record, archive }: RestoreTarget,
  session: DeviceSession,
  context: JobContext,
): Promise<Identity> {
  context.report({ phase: 'reading-identity', bytesDone: 0 })
  const target = await identifyNow(familyOf, device, session, context.signal)
  confirmSameDevice(plan, target)
  context.report({ phase: 'checking-fit', bytesDone: 0 })
  const family = familyOf(record.family)
  const facts = await readArchiveFacts(
    {
      family,
      record,
      stated: await stated(record.id),
      hashMatches: true,
      keyKept: keyKept?.(record.id),
    },
    archive,
    context.signal,
  )
  const accepted = plan.options.accepted.map(({ rule }) => rule)
  const fit = checkFit({ familyOf, record, archive: facts, device, target, accepted, depth: 'whole' })
  if (mayRestore(fit.verdict)) return target
  throw new FailureError({
    code: 'restore-blocked',
    device: device.name,
    verdict: fit.verdict,
    rules: rulesAgainst(fit),
  })
}

/** R6: the way back. Without it nothing goes on, unless the person typed why; that is written to the history. */
export async function takeSafetyBackup(
  needs: RestoreStepNeeds,
  plan: Pick<RestorePlan, 'hash'> & { readonly options: Pick<RestorePlan['options'], 'safetyBackup'> },
  { device, password }: { readonly device: Device; readonly password?: string },
  session: DeviceSession,
  identity: Identity,
  context: JobContext,
): Promise<ArchiveRecord | undefined> {
  const { safetyBackup } = plan.options
  if (!safetyBackup.take) {
    await needs.activity.append({
      action: 'safety-backup-skipped',
      subject: device.name,
      facts: { plan: plan.hash, reason: safetyBackup.reason },
    })
    return undefined
  }
  context.report({ phase: 'safety-backup', bytesDone: 0 })
  try {
    const family = needs.familyOf(device.family)
    const { record } = await takeBackup(needs, {
      family,
      device,
      session,
      identity,
      origin: 'safety',
      // The password the person gave for the archive also protects the way back, or it would lack the secrets.
      ...(password !== undefined && { password }),
      context,
    })
    needs.catalog.add(record)
    return record
  } catch (error) {
    // Another device at the address is what it is, whatever it was asked for; the person has to see both.
    if (context.signal.aborted || isFailure(error, 'pin-changed') || isFailure(error, 'wrong-device'))
      throw error
    const reason = needs.toFailure(error).code
    throw new FailureError({ code: 'safety-backup-failed', device: device.name, reason }, { cause: error })
  }
}
