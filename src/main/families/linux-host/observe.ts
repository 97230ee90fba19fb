import { FailureError } from '../../../shared/failure.ts'
import type { ProtocolLine, RestoreOutcome } from '../../../shared/model/restore.ts'
import type { Observation, ObserveRequest } from '../family.ts'
import { rootsOf } from './archive.ts'
import { compareStates, isUntouched, type Comparison, type State } from './compare.ts'
import { outermost, readFacts, type HostFacts } from './facts.ts'
import { keptPaths, partOf } from './kept-paths.ts'
import { Line, ObservationEnded } from './line.ts'
import { chosenParts } from './plan.ts'
import { readBack, stateOf } from './read-back.ts'
import { restartServices, type Remark } from './services.ts'
import { stagingOf, type Staging } from './staging.ts'
import { sortTarMessages } from './tar-messages.ts'
import type { Timing } from './timing.ts'

const messagesBytes = 64 * 1024

/**
 * Finds out what became of a restore. `tar` on the host goes on when the connection is lost, so its end is waited for;
 * then services are restarted, everything is read back and compared with the archive and, where that differs, with
 * the safety backup. Services come first because they write files when they stop: what is compared is what stays.
 */
export async function observeRestore(request: ObserveRequest, timing: Timing): Promise<Observation> {
  await using line = new Line(request)
  const watch = new Watch(request, line, timing)
  try {
    return await watch.run()
  } catch (error) {
    request.restore.signal.throwIfAborted()
    // The device was changed, so there has to be a report, whatever hinders the look at it.
    return watch.unknown([remarkOn(error, request)])
  }
}

interface Look {
  readonly comparison: Comparison
  readonly actual: State
}

/** One observation at work: what is compared, what was said. */
class Watch {
  readonly #request: ObserveRequest
  readonly #line: Line
  readonly #timing: Timing
  readonly #facts: HostFacts
  readonly #staging: Staging
  #parts: readonly string[] = []
  readonly #kept: readonly string[]
  readonly #protocol: ProtocolLine[] = []
  #remarks: readonly Remark[] = []
  #isStaged = true

  constructor(request: ObserveRequest, line: Line, timing: Timing) {
    const { device, options, record } = request.restore
    this.#request = request
    this.#line = line
    this.#timing = timing
    this.#facts = readFacts(device.facts)
    this.#staging = stagingOf(this.#facts, record)
    this.#kept = keptPaths(options.keep)
  }

  async run(): Promise<Observation> {
    const { archive, options, signal, onProgress } = this.#request.restore
    this.#parts = outermost(chosenParts(await rootsOf(archive), options))
    onProgress({ phase: 'waiting-for-device', bytesDone: 0 })
    let end = await this.#waitForEnd()
    if (end !== 'running') {
      await this.#readMessages()
      await this.#removeStaging()
      // A command that was still on its way finds nothing to unpack any more; one that has just begun is waited for.
      end = await this.#waitForEnd()
    }
    if (end === 'running') {
      const minutes = String(Math.round(this.#request.limitMs / 60_000))
      return this.unknown([{ remark: 'apply-still-running', facts: { minutes } }])
    }
    const expected = partOf(await stateOf(archive, this.#parts, signal), this.#kept, 'rest')
    const isSure = this.#exitCode === 0
    if (isSure) await this.#restart()
    const look = end === 'unknown' ? await this.#lookUntilSettled(expected) : await this.#look(expected)
    const outcome = await this.#judge(expected, look)
    // After an unclear end services are not touched before the new state is proven.
    if (!isSure && outcome === 'verified-new') await this.#restart()
    const remarks = this.#remarksOn(look.comparison, outcome, isSure)
    if (outcome !== 'verified-new' || this.#kept.length === 0) {
      return this.#report(outcome, look.comparison, remarks)
    }
    const kept = await this.#compareKept(look.actual)
    return this.#report(outcome, kept.comparison, [...remarks, kept.remark])
  }

  /** The report where nobody can know. */
  unknown(remarks: readonly Remark[]): Observation {
    return this.#report('unknown', undefined, remarks)
  }

  get #exitCode(): number | undefined {
    const { commitment } = this.#request
    if (commitment.kind === 'unanswered') return undefined
    const [, code] = /^exit (-?\d+)$/.exec(commitment.handle) ?? []
    return code === undefined ? undefined : Number(code)
  }

  /** An answer means that `tar` has ended; without one the host is asked for the process. */
  async #waitForEnd(): Promise<'ended' | 'running' | 'unknown'> {
    if (this.#exitCode !== undefined) return 'ended'
    const words = ['pgrep', '-f', this.#staging.processPattern]
    while (!this.#line.isTimeUp) {
      const { exitCode } = await this.#line.use(({ shell }) =>
        shell.run(words, { signal: this.#line.signal }),
      )
      if (exitCode !== 0) return exitCode === 1 ? 'ended' : 'unknown'
      await this.#line.pause(this.#timing.askAgainMs)
    }
    return 'running'
  }

  async #readMessages(): Promise<void> {
    const { signal } = this.#line
    const words = ['cat', '--', this.#staging.messages]
    const { exitCode, stdout } = await this.#line.use(({ shell }) => shell.run(words, { signal }))
    const text = exitCode === 0 ? stdout.toString('utf8', 0, messagesBytes) : ''
    const { unreadable, warnings, errors } = sortTarMessages(text, [])
    for (const name of unreadable)
      this.#protocol.push({ severity: 'ERROR', text: `${name}: Permission denied` })
    for (const message of errors) this.#protocol.push({ severity: severityOf(message), text: message })
    for (const message of warnings) this.#protocol.push({ severity: 'WARNING', text: message })
    const code = this.#exitCode ?? 0
    const isSilent = !this.#protocol.some(({ severity }) => severity === 'ERROR')
    if (code !== 0 && isSilent) this.#protocol.push({ severity: 'ERROR', text: `tar: exit code ${code}` })
  }

  async #removeStaging(): Promise<void> {
    const { signal } = this.#line
    const { exitCode } = await this.#line.use(({ shell }) =>
      shell.run(['rm', '-rf', '--', this.#staging.folder], { signal, ...shell.longWork }),
    )
    this.#isStaged = exitCode !== 0
  }

  async #restart(): Promise<void> {
    const { services } = this.#facts
    if (services.length === 0) return
    this.#request.restore.onProgress({ phase: 'restoring-state', bytesDone: 0 })
    this.#remarks = await restartServices(this.#line, services)
  }

  async #look(expected: State): Promise<Look> {
    const { archive, signal, onProgress } = this.#request.restore
    const options = { signal, onProgress, bytesTotal: archive.unpackedBytes }
    const actual = await this.#line.use((session) => readBack(session, this.#parts, options))
    return { actual, comparison: compareStates(expected, partOf(actual, this.#kept, 'rest'), this.#facts) }
  }

  /** Looks until nothing moves any more: two looks in a row that find the same. */
  async #lookUntilSettled(expected: State): Promise<Look> {
    let look = await this.#look(expected)
    while (look.comparison.count > 0 && !this.#line.isTimeUp) {
      await this.#line.pause(this.#timing.settleMs)
      const next = await this.#look(expected)
      const isStill = isUntouched(expected, { before: look.actual, actual: next.actual }, this.#facts)
      look = next
      if (isStill) break
    }
    return look
  }

  /** What was to be kept has to be what the safety backup holds: names that came and names that went count alike. */
  async #compareKept(actual: State): Promise<{ comparison: Comparison | undefined; remark: Remark }> {
    const { safety, restore } = this.#request
    const facts = { kept: restore.options.keep.join(',') }
    if (safety === undefined)
      return { comparison: undefined, remark: { remark: 'kept-paths-not-compared', facts } }
    const before = partOf(await stateOf(safety, this.#parts, restore.signal), this.#kept, 'kept')
    const now = partOf(actual, this.#kept, 'kept')
    const comparison = compareStates(before, now, { mayDiffer: [] })
    const isAsBefore = comparison.count === 0 && comparison.othersCount === 0
    return { comparison, remark: { remark: isAsBefore ? 'kept-paths' : 'kept-paths-differ', facts } }
  }

  async #judge(expected: State, { actual, comparison }: Look): Promise<RestoreOutcome> {
    if (comparison.count === 0) return 'verified-new'
    const { safety, restore } = this.#request
    if (safety === undefined) return 'unknown'
    const before = await stateOf(safety, this.#parts, restore.signal)
    return isUntouched(expected, { before, actual }, this.#facts) ? 'verified-old' : 'unknown'
  }

  #remarksOn(comparison: Comparison, outcome: RestoreOutcome, isSure: boolean): readonly Remark[] {
    const { count, expectedCount, othersCount } = comparison
    const { mayDiffer, services } = this.#facts
    const isMixed = outcome === 'unknown'
    return [
      ...(isMixed ? [{ remark: 'read-back-differs', facts: { count: String(count) } }] : []),
      ...(isMixed && isSure && services.length > 0 ? [{ remark: 'services-changed-files', facts: {} }] : []),
      ...(expectedCount > 0
        ? [{ remark: 'may-differ', facts: { count: String(expectedCount), paths: mayDiffer.join(', ') } }]
        : []),
      ...(othersCount > 0 ? [{ remark: 'other-files-kept', facts: { count: String(othersCount) } }] : []),
    ]
  }

  #report(
    outcome: RestoreOutcome,
    comparison: Comparison | undefined,
    remarks: readonly Remark[],
  ): Observation {
    const countOf = (wanted: string): number =>
      this.#protocol.filter(({ severity }) => severity === wanted).length
    return {
      outcome,
      protocol: this.#protocol,
      errorCount: countOf('ERROR'),
      warningCount: countOf('WARNING'),
      // Everything differs from the archive on a device that kept its former state: that is no news.
      differences: outcome === 'verified-old' ? [] : (comparison?.differences ?? []),
      remarks: [
        ...this.#remarks,
        ...remarks,
        ...(this.#isStaged ? [{ remark: 'staging-left', facts: { folder: this.#staging.folder } }] : []),
      ],
    }
  }
}

/** GNU tar marks what is no error with the word; everything else that it could not do is one. */
function severityOf(message: string): string {
  return /\bwarning\b/i.test(message) ? 'WARNING' : 'ERROR'
}

function remarkOn(error: unknown, { limitMs }: ObserveRequest): Remark {
  const failure =
    error instanceof FailureError || error instanceof ObservationEnded ? error.failure : undefined
  switch (failure?.code) {
    case 'login-refused':
      return { remark: 'login-refused', facts: { user: failure.user } }
    case 'pin-changed':
    case 'pin-unknown':
      return { remark: 'host-key-changed', facts: { offered: failure.offered } }
    case 'device-unreachable':
    case 'device-silent':
    case 'connection-lost':
      return {
        remark: 'device-not-back',
        facts: { minutes: String(Math.max(1, Math.round(limitMs / 60_000))) },
      }
    default:
      return { remark: 'read-back-failed', facts: { detail: failure?.code ?? String(error) } }
  }
}
