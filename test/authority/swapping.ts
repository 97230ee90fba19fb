import { archiveReaderOf } from '../../src/main/families/readers.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { LoggedRequest, PracticeDevice } from '../../src/practice/practice-device.ts'
import { FailureError, type Failure } from '../../src/shared/failure.ts'
import type { Device } from '../../src/shared/model/device.ts'
import type { Progress } from '../../src/shared/model/progress.ts'
import type { ArchiveRecord } from '../../src/shared/model/record.ts'
import { restoreOptionsSchema, type RestoreReport } from '../../src/shared/model/restore.ts'
import { failureText } from '../../src/shared/text/index.ts'
import { languages } from '../../src/shared/text/language.ts'
import { newContext, newUseCases } from '../main/workbench.ts'
import { startRelay, type Relay } from './relay.ts'
import { copyOf, password, type Stand, type Stranger } from './stands.ts'

/** When the address changes hands: after so many bytes, or at the beginning of a phase. */
export type Moment = { readonly afterBytes: number } | { readonly onPhase: string }

export interface Ended {
  /** What the restore was up to when the address changed hands; `never` where it ended before that. */
  readonly swappedIn: string
  readonly end: { readonly failure: Failure } | { readonly report: RestoreReport }
  /** How far it came, as it is written on disk. */
  readonly stage: string
  /** What reached the right device, and what the stranger, as they tell themselves. */
  readonly right: readonly LoggedRequest[]
  readonly stranger: readonly LoggedRequest[]
}

/** One address, the device that belongs there with a backup of it, and strangers that take the address over. */
export class Street {
  readonly stand: Stand
  readonly relay: Relay
  readonly bench: Awaited<ReturnType<typeof newUseCases>>
  readonly device: Device
  readonly record: ArchiveRecord
  readonly #folder: string
  #count = 0

  static async make(stand: Stand): Promise<Street> {
    const folder = await mkdtemp(join(tmpdir(), 'ferrite-street-'))
    onTestFinished(async () => rm(folder, { recursive: true, force: true }))
    const relay = await startRelay()
    const bench = await newUseCases(() => stand.family, { observeLimitMs: 400, readerOf: archiveReaderOf })
    await stand.make(join(folder, 'template'))
    await using first = await stand.start(await copyOf(join(folder, 'template'), join(folder, 'first')))
    relay.lead(portOf(first))
    const device = await bench.inventory.add({
      name: 'PRESS-7',
      family: stand.family.id,
      address: stand.urlOf(relay.port),
      user: stand.user,
      tags: [],
      role: 'practice',
      facts: {},
      pin: {
        kind: stand.family.protocol === 'ssh' ? 'ssh' : 'tls',
        fingerprint: first.fingerprint,
        acceptedAt: new Date().toISOString(),
        compared: true,
      },
    })
    bench.credentials.giveForSession(device.id, { kind: 'password', user: stand.user, password })
    const record = await bench.backUp({ device }, newContext())
    return new Street(stand, relay, bench, device, record, folder)
  }

  private constructor(
    stand: Stand,
    relay: Relay,
    bench: Street['bench'],
    device: Device,
    record: ArchiveRecord,
    folder: string,
  ) {
    this.stand = stand
    this.relay = relay
    this.bench = bench
    this.device = device
    this.record = record
    this.#folder = folder
  }

  /** Offsets at which, and in the middle of which, requests end, from the login to the first look at the result. */
  async offsets(): Promise<readonly number[]> {
    let lastMark = Infinity
    const { end } = await this.restore({ onPhase: 'verifying' }, undefined, () => {
      lastMark = Math.min(lastMark, this.relay.sentBytes())
    })
    expect(end).toMatchObject({ report: { outcome: 'verified-new' } })
    const marks = this.relay.marks().filter((mark) => mark <= lastMark)
    return marks.flatMap((mark, index) => {
      const from = marks[index - 1] ?? 0
      return [1, 2, 3, 4].map((part) => from + Math.ceil(((mark - from) * part) / 4))
    })
  }

  /** A whole restore; at the moment, the stranger takes the address over, unless there is none. */
  async restore(moment: Moment, stranger?: Stranger, onMoment: () => void = () => undefined): Promise<Ended> {
    const { stand, relay, bench, device, record } = this
    this.#count += 1
    const place = join(this.#folder, String(this.#count))
    const template = join(this.#folder, 'template')
    const right = await stand.start(await copyOf(template, join(place, 'right')))
    const other = stranger && (await stand.start(await copyOf(template, join(place, 'other')), stranger))
    try {
      relay.lead(portOf(right))
      const known = await bench.inventory.get(device.id)
      const plan = await bench.planRestore(
        record.id,
        known,
        restoreOptionsSchema.parse({}),
        newContext().signal,
      )
      const planned = right.log().length
      let phase = 'before'
      let swappedIn = 'never'
      const act = (): void => {
        onMoment()
        if (swappedIn !== 'never' || !other) return
        swappedIn = phase
        relay.lead(portOf(other))
      }
      relay.lead(portOf(right))
      if ('afterBytes' in moment) relay.after(moment.afterBytes, act)
      if ('afterBytes' in moment && moment.afterBytes === 0) act()
      const report = (progress: Progress): void => {
        ;({ phase } = progress)
        if ('onPhase' in moment && phase === moment.onPhase) act()
      }
      const end = await bench.restore(plan, undefined, { ...newContext(), report }).then(
        (made) => ({ report: made }),
        (error: unknown) => ({ failure: failureIn(error) }),
      )
      await Promise.all([right.stop(), other?.stop()])
      const stage = await stageOf(bench.home, plan.id)
      return { swappedIn, end, stage, right: right.log().slice(planned), stranger: other?.log() ?? [] }
    } finally {
      await Promise.all([right.stop(), other?.stop()])
      await rm(place, { recursive: true, force: true })
    }
  }
}

/** How far a restore came, as it is written on disk. */
export async function stageOf(home: string, planId: string): Promise<string> {
  const text = await readFile(join(home, 'restores', `${planId}.json`), 'utf8')
  return (JSON.parse(text) as { stage: string }).stage
}

const phases = [
  'connecting',
  'reading-identity',
  'checking-fit',
  'safety-backup',
  'transferring',
  'opening',
  'confirming-identity',
  'applying',
]

/** What a restore is up to when the address changes hands, at least once among the 101 moments: R3 to R12. */
export const steps: readonly string[] = ['before', ...phases, 'uploading']

/** Goes through all 101 moments, each with the next of the strangers, and gives the codes of all ends. */
export async function takeOver(stand: Stand, strangers: readonly Stranger[]): Promise<readonly string[]> {
  const street = await Street.make(stand)
  const moments = momentsIn(await street.offsets())
  const seen = new Set<string>()
  const codes: string[] = []
  for (const [index, moment] of moments.entries()) {
    const stranger = strangers[index % strangers.length] ?? {}
    const ended = await street.restore(moment, stranger)
    seen.add(ended.swappedIn)
    codes.push(judge(stand, stranger, ended))
  }
  expect(codes).toHaveLength(101)
  expect([...seen]).toEqual(expect.arrayContaining([...steps]))
  return codes
}

/**
 * 101 moments: before the first byte, as eight phases begin, and 92 spread evenly over what is sent from the login to
 * the end of the changing call.
 */
export function momentsIn(offsets: readonly number[]): readonly Moment[] {
  const spread = Array.from({ length: 92 }, (_, index): Moment => {
    const place = Math.round((index * (offsets.length - 1)) / 91)
    return { afterBytes: offsets[place] ?? 0 }
  })
  return [{ afterBytes: 0 }, ...phases.map((onPhase) => ({ onPhase })), ...spread]
}

/** Model, serial number and name. */
const stringOfThree: unknown = expect.stringMatching(/^.+ · .+ · .+$/)

/** Holds one end to what is promised at every moment; gives the code it ended with. */
export function judge(stand: Stand, stranger: Stranger, ended: Ended): string {
  const changes = ended.stranger.filter(stand.changes).map(({ path }) => path)
  expect({ ...ended, changes }, 'nothing is changed on the stranger').toMatchObject({ changes: [] })
  if (stranger.key) expect(ended.stranger, 'nobody logs in to a stranger with another key').toEqual([])
  expect(ended.right.filter(stand.commits).length).toBeLessThanOrEqual(1)
  if ('report' in ended.end) {
    expect(ended.stage).toBe('ended')
    return ended.end.report.outcome
  }
  const { failure } = ended.end
  expect(['begun', 'safe', 'refused']).toContain(ended.stage)
  expect(ended.right.filter(stand.commits)).toEqual([])
  expectSpoken(failure)
  if (failure.code === 'wrong-device') {
    expect(stranger.key).toBeUndefined()
    expect([failure.expected, failure.actual]).toEqual([stringOfThree, stringOfThree])
    expect(failure.expected).not.toBe(failure.actual)
  }
  if (failure.code === 'pin-changed') expect(stranger.key).toBe('other')
  return failure.code === 'safety-backup-failed' ? `safety-backup-failed: ${failure.reason}` : failure.code
}

/** A code, and in each language what happened, what is safe and what to do next. */
export function expectSpoken(failure: Failure): void {
  for (const language of languages) {
    const { cause, safe, next } = failureText(failure, language)
    for (const sentence of [cause, safe, next]) {
      expect(sentence, `${failure.code} in ${language}`).toMatch(/\S.{8,}/)
      expect(sentence).not.toMatch(/undefined|\[object/)
    }
  }
}

/** The failure that was thrown; anything else is a mistake. */
export function failureIn(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  throw error
}

function portOf({ address }: PracticeDevice): number {
  return Number(new URL(address).port)
}
