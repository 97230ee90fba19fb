import { setTimeout as pause } from 'node:timers/promises'
import { FailureError } from '../../../shared/failure.ts'
import type { Evidence, ProcedureStep } from '../../../shared/model/procedure.ts'
import type { RestoreReport } from '../../../shared/model/restore.ts'
import type { StepRequest, StepResult } from '../family.ts'
import { placesOf, type Places } from './places.ts'
import { runRecoveryTool } from './recovery-tool.ts'
import type { Server } from './server.ts'
import { ServerSession } from './session.ts'
import { compareHash, isUploaded, removeUpload, upload } from './staging.ts'
import type { PortalAnswer } from './version.ts'

interface Work {
  readonly request: StepRequest
  readonly session: ServerSession
  readonly server: Server
  readonly places: Places
}

/** The automatic steps of a restore, by the ids of `plan.ts`. */
const steps: Readonly<Record<string, (work: Work) => Promise<StepResult>>> = {
  'check-room': checkRoom,
  upload: uploadArchive,
  'compare-hash': compareUpload,
  'run-tool': runTool,
  'read-version': readVersionAgain,
  'remove-upload': takeAway,
}

/** @throws FailureError where the step was not done */
export async function runStep(request: StepRequest): Promise<StepResult> {
  const run = Object.hasOwn(steps, request.step.id) ? steps[request.step.id] : undefined
  if (!run) throw new Error(`there is no step ${request.step.id}`)
  const session = await request.session()
  if (!(session instanceof ServerSession)) throw new TypeError('a session of another family')
  const server = await session.server(request.signal)
  const places = placesOf(session.facts, request.record, server.edition)
  return await run({ request, session, server, places })
}

async function checkRoom({ request, server, places }: Work): Promise<StepResult> {
  const neededBytes = Number(request.step.facts['neededBytes'] ?? 0)
  const freeBytes = await server.freeBytes(places.stagingFolder.replace(/[^\\/]*$/, ''), request.signal)
  if (freeBytes === undefined) return done('room-unknown', {})
  if (freeBytes < neededBytes) {
    throw new FailureError({ code: 'device-no-room', address: server.address, neededBytes, freeBytes })
  }
  return done('room-enough', { freeBytes: String(freeBytes), neededBytes: String(neededBytes) })
}

async function uploadArchive({ request, server, places }: Work): Promise<StepResult> {
  await upload(server, places, request)
  return done('uploaded', { path: places.file, bytes: String(request.record.sizeBytes) })
}

/** An upload that is gone or was damaged is made again, so that this step can be tried again. */
async function compareUpload({ request, server, places }: Work): Promise<StepResult> {
  const { record, signal } = request
  if (!(await isUploaded(server, places, record, signal))) await upload(server, places, request)
  try {
    await compareHash(server, places, record, signal)
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'upload-damaged') {
      await removeUpload(server, places, signal)
    }
    throw error
  }
  return done('hash-equal', { path: places.file, sha256: record.sha256 })
}

/** Until the tool has asked for the path nothing can have changed; from then on nothing is certain without its word. */
async function runTool({ request, server, places }: Work): Promise<StepResult> {
  const { record, signal } = request
  const { tool, file } = places
  try {
    if (tool === undefined) {
      throw new FailureError({ code: 'device-tool-missing', address: server.address, tool: 'recovery.bat' })
    }
    // Days may have passed since the step before.
    await compareHash(server, places, record, signal)
  } catch (error) {
    if (error instanceof FailureError) return { kind: 'not-sent', failure: error.failure }
    throw error
  }
  request.onProgress({ phase: 'applying', bytesDone: 0 })
  const end = await runRecoveryTool(server, { tool, path: file, signal })
  if (end.kind === 'not-asked') return { kind: 'not-sent', failure: end.error.failure }
  const exitCode = end.exitCode === undefined ? '' : String(end.exitCode)
  return { ...done('tool-succeeded', { text: 'Restore successfully', exitCode }), protocol: end.protocol }
}

/**
 * Reads the version of the restored server. That the portal lets nobody in is no failure of the restore: accounts came
 * from the archive, and a person looks at the portal next. Another version is one.
 */
async function readVersionAgain({ request, session, server }: Work): Promise<StepResult> {
  const { signal, step } = request
  const expected = step.facts['version'] ?? ''
  const answer = await portalBack(session, server, signal)
  if (answer.kind !== 'version') return done('version-not-read', { reason: answer.kind })
  if (answer.version === expected) return done('version-read', { version: answer.version })
  const detail = `the server says ${answer.version}, the archive is of ${expected}`
  throw new FailureError({ code: 'step-not-proven', step: step.id, detail })
}

async function portalBack(
  session: ServerSession,
  { timing }: Server,
  signal: AbortSignal,
): Promise<PortalAnswer> {
  const endsAt = performance.now() + timing.restartMs
  for (;;) {
    const answer = await session.askPortal(signal)
    if (answer.kind !== 'silent' || performance.now() >= endsAt) return answer
    await pause(timing.askAgainMs, undefined, { signal })
  }
}

async function takeAway({ request, server, places }: Work): Promise<StepResult> {
  const wasThere = await removeUpload(server, places, request.signal)
  return done(wasThere ? 'upload-removed' : 'upload-gone', { folder: places.stagingFolder })
}

/** Where the upload lies, whole or in part, as soon as it was begun and until it was taken away. */
export function leftBehind(steps: readonly ProcedureStep[]): RestoreReport['remarks'] {
  const phaseOf = (id: string): string | undefined => steps.find(({ draft }) => draft.id === id)?.state.phase
  const wasBegun = !['ahead', undefined].includes(phaseOf('upload'))
  if (!wasBegun || phaseOf('remove-upload') === 'done') return []
  const folder = steps.find(({ draft }) => draft.id === 'remove-upload')?.draft.facts['folder'] ?? ''
  return [{ remark: 'upload-left', facts: { folder } }]
}

function done(kind: string, facts: Evidence['facts']): StepResult & { readonly kind: 'done' } {
  return { kind: 'done', evidence: [{ kind, facts }] }
}
