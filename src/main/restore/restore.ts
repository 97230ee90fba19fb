import { mayRestore, rulesAgainst } from '../../shared/compatibility/check.ts'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RestorePlan, RestoreReport } from '../../shared/model/restore.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { OpenArchive } from '../archives/open.ts'
import { connectTo, type ConnectNeeds } from '../backup/connect.ts'
import { takeBackup, type OpenFile } from '../backup/take-backup.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Commitment, DeviceSession, Observation, RestoreRequest } from '../families/family.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { JobContext } from '../jobs/runner.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { Vault } from '../vault/vault.ts'
import { readArchiveFacts } from './archive-facts.ts'
import { checkFit } from './check-fit.ts'
import type { RestoreJournal, RestoreStory } from './journal.ts'
import { confirmSameDevice, planHash } from './plan.ts'
import { makeReport } from './report.ts'

export interface RestoreNeeds extends ConnectNeeds {
  readonly inventory: Inventory
  readonly vault: Vault
  readonly catalog: Catalog
  readonly activity: ActivityLog
  readonly journal: RestoreJournal
  readonly openFile: OpenFile
  readonly toFailure: (error: unknown) => Failure
  /** How long to follow the device after the change; the vendor names up to 30 minutes for a reset. */
  readonly observeLimitMs: number
}

type SentCommitment = Exclude<Commitment, { readonly kind: 'refused' }>

interface Opened {
  readonly device: Device
  readonly record: ArchiveRecord
  readonly archive: OpenArchive
  readonly request: RestoreRequest
}

/**
 * The use case "restore": steps R0-R20 in their order. The caller has checked the person's confirmation of exactly
 * this plan. Everything up to the intent leaves the device untouched and rejects with a failure; after the one
 * changing call the answer is always a report, in one of three end states.
 */
export function createRestore(needs: RestoreNeeds) {
  return async (
    plan: RestorePlan,
    password: string | undefined,
    context: JobContext,
  ): Promise<RestoreReport> => {
    const startedAt = new Date().toISOString()
    const story = await needs.journal.begin(plan)
    const device = await needs.inventory.get(plan.deviceId)
    const record = await needs.vault.read(plan.archiveId)
    await confirmArchive(needs, plan, device, record, context)
    const archiveFile = await needs.vault.contentPath(record.id)
    await using archive = await needs.openFile(archiveFile, record.fileName, context.signal)
    const request: RestoreRequest = {
      device,
      record,
      archiveFile,
      archive,
      options: plan.options,
      ...(password !== undefined && { password }),
      signal: context.signal,
      onProgress: context.report,
    }
    const done = await change(needs, plan, { device, record, archive, request }, story, context)
    return await writeDown(needs, makeReport({ plan, startedAt, ...done }), story)
  }
}

/**
 * R18-R19. The device is changed by now, so a report that cannot be written down is still given, and says so: the
 * account then stays open on disk and a restart shows it as unknown.
 */
async function writeDown(
  needs: RestoreNeeds,
  report: RestoreReport,
  story: RestoreStory,
): Promise<RestoreReport> {
  const { planHash, outcome, clean, archiveId, deviceName } = report
  try {
    await story.end(report)
    await needs.activity.append({
      action: 'restore-ended',
      subject: deviceName,
      facts: { plan: planHash, outcome, clean: String(clean), archive: archiveId },
    })
    return report
  } catch (error) {
    const { code } = needs.toFailure(error)
    return { ...report, remarks: [...report.remarks, { remark: 'not-written-down', facts: { code } }] }
  }
}

/** R1 and the plan's own hash: neither the bytes nor what the person agreed to may have changed. */
async function confirmArchive(
  { vault }: RestoreNeeds,
  plan: RestorePlan,
  device: Device,
  record: ArchiveRecord,
  context: JobContext,
): Promise<void> {
  context.report({ phase: 'checking-archive', bytesDone: 0, bytesTotal: record.sizeBytes })
  const hash = planHash({ record, device, target: plan.target, options: plan.options })
  if (hash !== plan.hash) {
    throw new FailureError({ code: 'plan-stale', reason: 'plan', expected: plan.hash, actual: hash })
  }
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

interface Done {
  readonly observation: Observation
  readonly safety: ArchiveRecord | undefined
}

async function change(
  needs: RestoreNeeds,
  plan: RestorePlan,
  opened: Opened,
  story: RestoreStory,
  context: JobContext,
): Promise<Done> {
  const { device, request } = opened
  context.report({ phase: 'connecting', bytesDone: 0 })
  const session = await connectTo(needs, device, context.signal)
  let handedOver = false
  try {
    const before = await confirmTarget(needs, plan, opened, session, context)
    const safety = await takeSafetyBackup(needs, plan, request, session, before, context)
    await story.safety(safety?.id)
    const commitment = await commit(needs, plan, request, session, story, context)
    handedOver = true
    const noted = await story.sent(commitment).then(
      () => [],
      (error: unknown) => [{ remark: 'not-written-down', facts: { code: needs.toFailure(error).code } }],
    )
    const observation = await observe(needs, opened, before, commitment, session, safety)
    return { safety, observation: { ...observation, remarks: [...noted, ...observation.remarks] } }
  } finally {
    // While it is observed the session belongs to the family; it may have closed it long ago.
    if (!handedOver) await session[Symbol.asyncDispose]()
  }
}

/**
 * R9-R13: stage, read the identity again on the same connection, write the intent down, send the one changing call.
 * Rejects only where nothing was changed.
 */
async function commit(
  { activity }: RestoreNeeds,
  plan: RestorePlan,
  request: RestoreRequest,
  session: DeviceSession,
  story: RestoreStory,
  context: JobContext,
): Promise<SentCommitment> {
  const prepared = await session.prepareRestore(request)
  try {
    context.report({ phase: 'confirming-identity', bytesDone: 0 })
    confirmSameDevice(plan, await session.identify(context.signal))
    context.signal.throwIfAborted()
    context.seal()
    await story.intend()
    await activity.append({
      action: 'restore-intended',
      subject: plan.deviceName,
      facts: { plan: plan.hash, archive: plan.archiveId, sha256: plan.archiveSha256 },
    })
    context.report({ phase: 'applying', bytesDone: 0 })
    const commitment = await prepared.commit(context.signal)
    if (commitment.kind === 'refused') throw new FailureError(commitment.failure)
    return commitment
  } catch (error) {
    await story.notSent()
    await prepared.abandon()
    throw error
  }
}

/** R4 and R2 again, now against what the device says itself. */
async function confirmTarget(
  { familyOf }: RestoreNeeds,
  plan: RestorePlan,
  { device, record, archive }: Opened,
  session: DeviceSession,
  context: JobContext,
): Promise<Identity> {
  context.report({ phase: 'reading-identity', bytesDone: 0 })
  const target = await session.identify(context.signal)
  confirmSameDevice(plan, target)
  context.report({ phase: 'checking-fit', bytesDone: 0 })
  const facts = await readArchiveFacts(familyOf(record.family), record, archive, true, context.signal)
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
async function takeSafetyBackup(
  needs: RestoreNeeds,
  plan: RestorePlan,
  { device, password }: RestoreRequest,
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
    const record = await takeBackup(needs, {
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
    if (context.signal.aborted) throw error
    const reason = needs.toFailure(error).code
    throw new FailureError({ code: 'safety-backup-failed', device: device.name, reason }, { cause: error })
  }
}

async function observe(
  needs: RestoreNeeds,
  { device, record, request }: Opened,
  before: Identity,
  commitment: SentCommitment,
  session: DeviceSession,
  safety: ArchiveRecord | undefined,
): Promise<Observation> {
  const family = needs.familyOf(device.family)
  // After a restore the key may be the one the archive brought back (R16).
  const alsoAccept = record.pinFingerprint === undefined ? [] : [record.pinFingerprint]
  await using safetyArchive = safety
    ? await needs.openFile(await needs.vault.contentPath(safety.id), safety.fileName, request.signal)
    : undefined
  return await family.observeRestore({
    restore: request,
    before,
    commitment,
    session,
    reconnect: (signal) => connectTo(needs, device, signal, alsoAccept),
    safety: safetyArchive,
    limitMs: needs.observeLimitMs,
  })
}
