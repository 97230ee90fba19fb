import { setTimeout as wait } from 'node:timers/promises'
import { FailureError } from '../../../shared/failure.ts'
import type { Evidence } from '../../../shared/model/procedure.ts'
import type { StepRequest, StepResult } from '../family.ts'
import type { Timing } from './timing.ts'

type Look = { readonly fingerprint: string } | { readonly nobody: string }

/**
 * What Ferrite does itself in a migration: it waits and it looks, without a login and without a request.
 * @throws FailureError `step-not-proven`, `wrong-device`, `device-unreachable`, …
 */
export async function runStep(request: StepRequest, timing: Timing): Promise<StepResult> {
  switch (request.step.id) {
    case 'target-answers':
      return done(await targetAnswers(request))
    case 'wait-after-import':
      return done(await waitAfterImport(request, timing))
    case 'target-again':
      return done(await targetAgain(request, timing))
    case 'old-silent':
      return done(await oldSilent(request, timing))
    case 'final-certificate':
      return done(await finalCertificate(request, timing))
    default:
      throw new Error(`${request.step.id} is no step that Ferrite does`)
  }
}

const done = (...evidence: readonly Evidence[]): StepResult => ({ kind: 'done', evidence })
const shows = (kind: string, facts: Evidence['facts']): Evidence => ({ kind, facts })

/** The target answers with its own certificate before anything begins. */
async function targetAnswers({ device, lookAt, signal }: StepRequest): Promise<Evidence> {
  const { fingerprint } = await lookAt(device.address, signal)
  if (fingerprint !== device.pin?.fingerprint) {
    throw new FailureError({
      code: 'wrong-device',
      expected: device.pin?.fingerprint ?? 'no accepted fingerprint',
      actual: fingerprint,
    })
  }
  return shows('target-answers', { address: device.address, fingerprint })
}

/** The vendor's five minutes, counted from when the import was confirmed: closing Ferrite does not begin them anew. */
async function waitAfterImport(request: StepRequest, { afterImportMs }: Timing): Promise<Evidence> {
  const { signal, onProgress } = request
  const from = confirmedAt(request, 'import') ?? Date.now()
  for (;;) {
    const leftMs = Math.min(afterImportMs, from + afterImportMs - Date.now())
    if (leftMs <= 0) return shows('waited', { minutes: String(afterImportMs / 60_000) })
    onProgress({ phase: 'running-step', bytesDone: 0, secondsLeft: Math.ceil(leftMs / 1000) })
    await wait(Math.min(leftMs, 1000), undefined, { signal })
  }
}

/**
 * The target answers again: with the certificate it had, or with that of the old appliance, which then came with the
 * backup. Both are kept for the moment when the address moves.
 */
async function targetAgain(request: StepRequest, timing: Timing): Promise<Evidence> {
  const { device, source } = request
  const fingerprint = await untilAnswer(request, device.address, timing)
  const facts = { address: device.address, fingerprint }
  if (fingerprint === device.pin?.fingerprint) return shows('certificate-own', facts)
  if (fingerprint === source?.pin?.fingerprint) return shows('certificate-restored', facts)
  throw new FailureError({
    code: 'wrong-device',
    expected: [device.pin?.fingerprint, source?.pin?.fingerprint].filter(Boolean).join(' / '),
    actual: fingerprint,
  })
}

/**
 * Nobody answers at the old address any more, several times in a row, while the target does: so it is the old appliance
 * that is silent and not the network.
 */
async function oldSilent(request: StepRequest, timing: Timing): Promise<Evidence> {
  const { step, device, source, signal } = request
  const address = step.facts['address'] ?? ''
  let reason = ''
  for (let look = 1; look <= timing.silentLooks; look += 1) {
    if (look > 1) await wait(timing.silentEveryMs, undefined, { signal })
    const found = await lookFor(request, address)
    if ('fingerprint' in found) {
      throw new FailureError({
        code: 'step-not-proven',
        step: step.id,
        detail: `${address} is still answered (shown ${found.fingerprint}, old appliance ${source?.pin?.fingerprint ?? 'not known'}, target ${device.pin?.fingerprint ?? 'not known'})`,
      })
    }
    reason = found.nobody
  }
  const { fingerprint } = await request.lookAt(device.address, signal)
  const facts = { address, looks: String(timing.silentLooks), reason, witness: device.address, fingerprint }
  return shows(reason === 'refused' ? 'old-refuses' : 'old-silent', facts)
}

/**
 * The final address answers, and with what the target showed after the import. The old appliance's certificate there
 * counts only where the target had taken it over by then; else the old appliance is back.
 */
async function finalCertificate(request: StepRequest, timing: Timing): Promise<Evidence> {
  const { step, device, source, before } = request
  const address = step.facts['address'] ?? ''
  const fingerprint = await untilAnswer(request, address, timing)
  const [seen] = before.get('target-again')?.evidence ?? []
  const expected = seen?.facts['fingerprint'] ?? device.pin?.fingerprint
  const silent = before.get('old-silent')?.evidence[0]
  const facts = {
    address,
    fingerprint,
    old: source?.pin?.fingerprint ?? '',
    before: silent?.kind ?? '',
    temporary: device.address,
  }
  if (fingerprint === expected) {
    const isOld = fingerprint === source?.pin?.fingerprint
    return shows(isOld ? 'final-restored' : 'final-own', facts)
  }
  const isOld = fingerprint === source?.pin?.fingerprint
  throw new FailureError({
    code: 'step-not-proven',
    step: step.id,
    detail: `${address} is answered ${isOld ? 'by the old appliance again' : 'with another certificate'} (shown ${fingerprint}, expected ${expected ?? 'not known'})`,
  })
}

/** What answers at an address within the time a restart may take. @throws FailureError of the last look */
async function untilAnswer(request: StepRequest, address: string, timing: Timing): Promise<string> {
  const { lookAt, signal, onProgress } = request
  const end = performance.now() + timing.answerLimitMs
  for (;;) {
    try {
      return (await lookAt(address, signal)).fingerprint
    } catch (error) {
      signal.throwIfAborted()
      if (performance.now() + timing.answerEveryMs > end || !mayAnswerLater(error)) throw error
    }
    onProgress({ phase: 'waiting-for-device', bytesDone: 0 })
    await wait(timing.answerEveryMs, undefined, { signal })
  }
}

function mayAnswerLater(error: unknown): boolean {
  const later = ['device-unreachable', 'device-silent', 'connection-lost', 'unexpected-answer']
  return error instanceof FailureError && later.includes(error.failure.code)
}

/**
 * Who answers at an address. A connection that stands counts as an answer even where nothing is said on it: something
 * holds the address.
 */
async function lookFor({ lookAt, signal }: StepRequest, address: string): Promise<Look> {
  try {
    return await lookAt(address, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof FailureError)) throw error
    const { failure } = error
    if (failure.code === 'device-unreachable') {
      if (['refused', 'no route', 'no answer'].includes(failure.reason)) return { nobody: failure.reason }
      throw error
    }
    if (failure.code === 'device-silent' && failure.phase === 'connecting') return { nobody: 'no answer' }
    if (['device-silent', 'connection-lost', 'unexpected-answer', 'weak-crypto'].includes(failure.code)) {
      return { fingerprint: `no certificate, ${failure.code}` }
    }
    throw error
  }
}

function confirmedAt({ before }: StepRequest, stepId: string): number | undefined {
  const at = before.get(stepId)?.at
  return at === undefined ? undefined : Date.parse(at)
}
