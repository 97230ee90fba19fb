import { setTimeout as sleep } from 'node:timers/promises'
import { FailureError, type Failure } from '../../../shared/failure.ts'
import type { Difference, RestoreOutcome, RestoreReport } from '../../../shared/model/restore.ts'
import { mayPass } from '../../transport/retry.ts'
import type { DeviceSession, Observation, ObserveRequest } from '../family.ts'
import { nodeSetsSchema } from './answers.ts'
import { readFlowsOf } from './archive.ts'
import type { NodeRedClient } from './client.ts'
import { areSameFlows, flowDifferences, flowsAfter, typesIn, type FlowNode } from './flows.ts'
import { NodeRedSession } from './session.ts'
import type { Timing } from './timing.ts'

type Remark = RestoreReport['remarks'][number]

/** What the instance holds now, with the types its flows use and do not find; those are absent where it does not say. */
interface Look {
  readonly flows: readonly FlowNode[]
  readonly missingTypes: readonly string[] | undefined
}

interface Expectation {
  readonly differences: (look: Look) => readonly Difference[]
  /** Absent where no safety backup was taken. */
  readonly isOld: ((look: Look) => boolean) | undefined
}

/** See `AutomaticRestore.observe`. Only reads; rejects with `cancelled` alone. */
export async function observeRestore(request: ObserveRequest, timing: Timing): Promise<Observation> {
  const { signal, onProgress } = request.restore
  await using watch = new Watch(request, timing)
  try {
    onProgress({ phase: 'verifying', bytesDone: 0 })
    return await observe(watch, request, timing)
  } catch (error) {
    if (signal.aborted) throw new FailureError({ code: 'cancelled', phase: 'verifying' }, { cause: error })
    // Whatever else went wrong here, what became of the instance is simply not known.
    return observation('unknown', [], [remarkOn(error, request)])
  }
}

async function observe(
  watch: Watch,
  { restore, safety, commitment }: ObserveRequest,
  timing: Timing,
): Promise<Observation> {
  const expected = await expectationOf(restore, safety)
  const isAnswered = commitment.kind === 'accepted'
  const began = performance.now()
  for (;;) {
    const look = await watch.look()
    const differences = expected.differences(look)
    if (differences.length === 0) return asNew(look)
    // Without an answer the deployment may still be on its way through the instance.
    if (isAnswered || performance.now() - began >= timing.quietMs) {
      return expected.isOld?.(look) === true
        ? observation('verified-old', [], [{ remark: 'never-deployed', facts: {} }])
        : observation('unknown', differences, [
            { remark: 'read-back-differs', facts: { count: String(differences.length) } },
          ])
    }
    await watch.pause(timing.pollMs)
  }
}

/** After a merge what else was there is kept; what that was, the safety backup knows. */
async function expectationOf(
  { archive, options, signal }: ObserveRequest['restore'],
  safety: ObserveRequest['safety'],
): Promise<Expectation> {
  const { flows } = await readFlowsOf(archive, signal)
  const before = safety && (await readFlowsOf(safety, signal)).flows
  const isKnown = options.mode === 'replace' || before !== undefined
  const after = flowsAfter(flows, before ?? [], options.mode)
  return {
    differences: (look) => flowDifferences(after, look.flows, isKnown ? 'differ' : 'do-not-matter'),
    isOld: before && ((look) => areSameFlows(before, look.flows)),
  }
}

/** The flows are the archive's. They run only where every type they use is installed. */
function asNew({ flows, missingTypes }: Look): Observation {
  const missing = missingTypes ?? []
  const differences = missing.map((type): Difference => ({
    what: `node type ${type}`,
    expected: 'installed',
  }))
  const remarks: readonly Remark[] = [
    ...(missing.length > 0 ? [{ remark: 'flows-not-started', facts: { types: missing.join(', ') } }] : []),
    ...(missingTypes === undefined ? [{ remark: 'types-not-compared', facts: {} }] : []),
    ...(flows.length > 0 ? [{ remark: 'credentials-to-enter', facts: {} }] : []),
  ]
  return observation('verified-new', differences, remarks)
}

/** Keeps asking an instance that restarts or drops its connections. Only reading calls go through here. */
class Watch implements AsyncDisposable {
  readonly #request: ObserveRequest
  readonly #timing: Timing
  readonly #deadline: number
  #session: DeviceSession | undefined

  constructor(request: ObserveRequest, timing: Timing) {
    this.#request = request
    this.#timing = timing
    this.#deadline = performance.now() + request.limitMs
    this.#session = request.session
  }

  async look(): Promise<Look> {
    return await this.#reach(async (client, signal) => {
      const { flows } = await client.readFlows(signal)
      const sets = await client.readIfThere('/nodes', nodeSetsSchema, signal)
      const usable = sets?.filter(({ enabled, err }) => enabled && err === undefined)
      const known = usable && new Set(usable.flatMap(({ types }) => types))
      return { flows, missingTypes: known && typesIn(flows).filter((type) => !known.has(type)) }
    })
  }

  async pause(milliseconds: number): Promise<void> {
    const leftMs = Math.max(0, this.#deadline - performance.now())
    await sleep(Math.min(milliseconds, leftMs), undefined, { signal: this.#request.restore.signal })
  }

  /** Ends the last session, be it the one that was handed in or one that was opened here. */
  async [Symbol.asyncDispose](): Promise<void> {
    const session = this.#session
    this.#session = undefined
    await session?.[Symbol.asyncDispose]()
  }

  async #reach<T>(work: (client: NodeRedClient, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { restore, reconnect } = this.#request
    for (;;) {
      const leftMs = Math.max(1, Math.ceil(this.#deadline - performance.now()))
      const signal = AbortSignal.any([restore.signal, AbortSignal.timeout(leftMs)])
      try {
        this.#session ??= await reconnect(signal)
        if (!(this.#session instanceof NodeRedSession))
          throw new Error('The session is not one of this family')
        return await work(this.#session.client, signal)
      } catch (error) {
        if (restore.signal.aborted || !isPassing(error) || performance.now() >= this.#deadline) throw error
        await this[Symbol.asyncDispose]()
        restore.onProgress({ phase: 'waiting-for-device', bytesDone: 0 })
        await this.pause(this.#timing.pollMs)
      }
    }
  }
}

/** What may pass: a lost line, a token that ended with a restart, a proxy that comes up before what stands behind it. */
function isPassing(error: unknown): boolean {
  if (mayPass(error)) return true
  const failure = failureOf(error)
  if (failure?.code === 'device-refused') return failure.status >= 500 || failure.status === 404
  return ['unexpected-answer', 'wrong-family', 'rights-missing'].includes(failure?.code ?? '')
}

function failureOf(error: unknown): Failure | undefined {
  return error instanceof FailureError ? error.failure : undefined
}

function remarkOn(error: unknown, { limitMs }: ObserveRequest): Remark {
  const failure = failureOf(error)
  switch (failure?.code) {
    case 'login-refused':
      return { remark: 'login-refused-after-deploy', facts: { user: failure.user } }
    case 'pin-changed':
    case 'pin-unknown':
      return { remark: 'certificate-changed', facts: { offered: failure.offered } }
    case 'device-unreachable':
    case 'device-silent':
    case 'connection-lost':
    case 'cancelled': {
      const minutes = String(Math.max(1, Math.round(limitMs / 60_000)))
      return { remark: 'device-not-back', facts: { minutes } }
    }
    default:
      return { remark: 'read-back-failed', facts: { detail: failure?.code ?? String(error).slice(0, 300) } }
  }
}

function observation(
  outcome: RestoreOutcome,
  differences: readonly Difference[],
  remarks: readonly Remark[],
): Observation {
  return { outcome, protocol: [], errorCount: 0, warningCount: 0, differences, remarks }
}
