import { FailureError } from '../../shared/failure.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RestorePlan, RestoreReport } from '../../shared/model/restore.ts'
import { connectTo } from '../backup/connect.ts'
import type { Commitment, DeviceSession, Observation, RestoreRequest } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { identifyNow } from './identify-now.ts'
import type { RestoreJournal, RestoreStory } from './journal.ts'
import { acceptedIn, confirmSameDevice } from './plan.ts'
import { makeReport } from './report.ts'
import {
  confirmArchive,
  confirmTarget,
  takeSafetyBackup,
  type RestoreStepNeeds,
  type RestoreTarget,
} from './restore-steps.ts'

export interface RestoreNeeds extends RestoreStepNeeds {
  readonly journal: RestoreJournal
  /** How long to follow the device after the change; the vendor names up to 30 minutes for a reset. */
  readonly observeLimitMs: number
}

type SentCommitment = Exclude<Commitment, { readonly kind: 'refused' }>

interface Opened extends RestoreTarget {
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
    await session.checkRestore?.(request)
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
  { activity, familyOf }: RestoreNeeds,
  plan: RestorePlan,
  request: RestoreRequest,
  session: DeviceSession,
  story: RestoreStory,
  context: JobContext,
): Promise<SentCommitment> {
  if (!session.prepareRestore) throw new Error(`${request.device.family} restores by procedure`)
  const prepared = await session.prepareRestore(request)
  try {
    context.report({ phase: 'confirming-identity', bytesDone: 0 })
    confirmSameDevice(plan, await identifyNow(familyOf, request.device, session, context.signal))
    context.signal.throwIfAborted()
    context.seal()
    await story.intend()
    await activity.append({
      action: 'restore-intended',
      subject: plan.deviceName,
      facts: { plan: plan.hash, archive: plan.archiveId, sha256: plan.archiveSha256, ...acceptedIn(plan) },
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

async function observe(
  needs: RestoreNeeds,
  { device, record, request }: Opened,
  before: Identity,
  commitment: SentCommitment,
  session: DeviceSession,
  safety: ArchiveRecord | undefined,
): Promise<Observation> {
  const { restore } = needs.familyOf(device.family)
  if (restore.kind !== 'automatic') throw new Error(`${device.family} restores by procedure`)
  // After a restore the key may be the one the archive brought back (R16).
  const alsoAccept = record.pinFingerprint === undefined ? [] : [record.pinFingerprint]
  await using safetyArchive = safety
    ? await needs.openFile(await needs.vault.contentPath(safety.id), safety.fileName, request.signal)
    : undefined
  return await restore.observe({
    restore: request,
    before,
    commitment,
    session,
    reconnect: (signal) => connectTo(needs, device, signal, alsoAccept),
    safety: safetyArchive,
    limitMs: needs.observeLimitMs,
  })
}
