import { archiveReaderOf } from '../../src/main/families/readers.ts'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { CtrlxCoreOptions } from '../../src/practice/ctrlx-core/options.ts'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { LinuxHostOptions } from '../../src/practice/linux-host/options.ts'
import { startLinuxHost, type LinuxHost } from '../../src/practice/linux-host/start-linux-host.ts'
import type { LoggedRequest, PracticeDevice } from '../../src/practice/practice-device.ts'
import type { Failure } from '../../src/shared/failure.ts'
import type { DeviceFacts, DeviceId } from '../../src/shared/model/device.ts'
import type { Progress } from '../../src/shared/model/progress.ts'
import type { ArchiveRecord } from '../../src/shared/model/record.ts'
import {
  restoreOptionsSchema,
  type RestoreOptions,
  type RestorePlan,
  type RestoreReport,
} from '../../src/shared/model/restore.ts'
import { startPeer, temporaryFolder } from '../peers/ctrlx.ts'
import { newContext, newUseCases } from '../main/workbench.ts'
import { ctrlxStand, linuxStand, password, type Stand } from './stands.ts'
import { expectSpoken, failureIn, stageOf } from './swapping.ts'

type Bench = Awaited<ReturnType<typeof newUseCases>>

/** Everything a restore needs, around one practice device that tells itself what reached it. */
export class Site<D extends PracticeDevice> {
  readonly bench: Bench
  readonly device: D
  readonly id: DeviceId
  readonly #stand: Stand

  constructor(bench: Bench, device: D, id: DeviceId, stand: Stand) {
    this.bench = bench
    this.device = device
    this.id = id
    this.#stand = stand
  }

  async backUp(archivePassword?: string): Promise<ArchiveRecord> {
    const device = await this.bench.inventory.get(this.id)
    return await this.bench.backUp(
      { device, ...(archivePassword !== undefined && { password: archivePassword }) },
      newContext(),
    )
  }

  async plan(record: ArchiveRecord, options: Partial<RestoreOptions> = {}): Promise<RestorePlan> {
    const device = await this.bench.inventory.get(this.id)
    const chosen = restoreOptionsSchema.parse(options)
    return await this.bench.planRestore(record.id, device, chosen, newContext().signal)
  }

  /** Runs a plan with something done as each phase begins. */
  run(
    plan: RestorePlan,
    onPhase: (phase: string) => void = () => undefined,
    archivePassword?: string,
  ): Promise<RestoreReport> {
    let last = ''
    const report = ({ phase }: Progress): void => {
      if (phase === last) return
      last = phase
      onPhase(phase)
    }
    return this.bench.restore(plan, archivePassword, { ...newContext(), report })
  }

  /** Runs a plan that has to fail before the device is changed: by its own log, its story and the list of archives. */
  async refused(
    plan: RestorePlan,
    {
      archivePassword,
      safetyBackups = 0,
      onPhase,
    }: { archivePassword?: string; safetyBackups?: number; onPhase?: (phase: string) => void } = {},
  ): Promise<Failure> {
    const { bench, device } = this
    const before = device.log().length
    const archives = await listed(bench)
    const failure = await this.run(plan, onPhase, archivePassword).then(
      ({ outcome }) => expect.fail(`it was not refused: ${outcome}`),
      (error: unknown) => failureIn(error),
    )
    const since = device.log().slice(before)
    expect(since.filter(this.#stand.commits)).toEqual([])
    expect(['begun', 'safe', 'refused']).toContain(await stageOf(bench.home, plan.id))
    expect((await listed(bench)).length - archives.length).toBe(safetyBackups)
    expect(await bench.journal.reports()).toEqual([])
    expect(await readdir(join(bench.home, 'vault', 'staging'))).toEqual([])
    expectSpoken(failure)
    return failure
  }

  /** Requests since then that made the device work or changed it. */
  changesSince(start: number): readonly LoggedRequest[] {
    return this.device.log().slice(start).filter(this.#stand.changes)
  }
}

async function listed({ vault }: Bench): Promise<readonly unknown[]> {
  const { records } = await vault.list()
  return records
}

/** A control over TLS; every exchange is held to the vendor's description. */
export async function newControl(
  options: Partial<CtrlxCoreOptions> = {},
  vaultFolder?: string,
): Promise<Site<CtrlxCore>> {
  const peer = await startPeer({ credentials: { user: 'boschrexroth', password }, ...options })
  return await siteOf(ctrlxStand, peer.device, { vaultFolder })
}

/** A host over SSH. */
export async function newHost(
  options: Partial<LinuxHostOptions> = {},
  facts: DeviceFacts = {},
): Promise<Site<LinuxHost>> {
  const device = await startLinuxHost({
    folder: await temporaryFolder(),
    name: 'PRESS-7',
    model: 'panel-pc',
    credentials: { user: 'root', password },
    ...options,
  })
  onTestFinished(async () => device.stop())
  return await siteOf(linuxStand, device, { facts })
}

async function siteOf<D extends PracticeDevice>(
  stand: Stand,
  device: D,
  { facts = {}, vaultFolder }: { facts?: DeviceFacts; vaultFolder?: string | undefined },
): Promise<Site<D>> {
  const bench = await newUseCases(() => stand.family, {
    readerOf: archiveReaderOf,
    ...(vaultFolder !== undefined && { folder: vaultFolder }),
  })
  const { address, fingerprint, name } = device
  const kind = stand.family.protocol === 'ssh' ? 'ssh' : 'tls'
  const { id } = await bench.inventory.add({
    name,
    family: stand.family.id,
    address,
    user: stand.user,
    tags: [],
    role: 'practice',
    facts: stand.family.checkFacts(facts),
    pin: { kind, fingerprint, acceptedAt: new Date().toISOString(), compared: true },
  })
  bench.credentials.giveForSession(id, { kind: 'password', user: stand.user, password })
  return new Site(bench, device, id, stand)
}
