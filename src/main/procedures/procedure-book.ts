import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import type { DeviceRole } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import {
  procedureIdSchema,
  procedureSchema,
  type DamagedProcedure,
  type Procedure,
  type ProcedureId,
} from '../../shared/model/procedure.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import { readDurably, updateDurably, writeDurably } from '../storage/durable-file.ts'
import { withLock } from '../storage/lock.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'
import { ownerState, ownMark } from '../storage/process-mark.ts'
import { errnoOf, readFailure } from '../storage/storage-failure.ts'
import { takeOver } from './moves.ts'

const knownFormat = 1

/** The procedures that can be read, the newest first, and those that cannot. */
export interface ProcedureListing {
  readonly procedures: readonly Procedure[]
  readonly damaged: readonly DamagedProcedure[]
}

/** What a procedure begins with. */
export interface Beginning {
  readonly plan: RestorePlan
  readonly family: FamilyId
  readonly role: DeviceRole
  readonly safetyArchiveId: ArchiveId | undefined
}

/**
 * The procedures of the application, one file each in its own folder, written whole at every change of state: what was
 * done and said survives closing the app, and the file is also the journal in which the intent of a changing step
 * stands before the step.
 */
export class ProcedureBook {
  readonly #folder: string
  readonly #listeners = new Set<(procedure: Procedure) => void>()

  constructor(home: string) {
    this.#folder = join(home, 'procedures')
  }

  /** Calls `listener` after every change made through this object. */
  onChange(listener: (procedure: Procedure) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Writes down a new procedure with all of its steps ahead, together with the way back that was taken. One at a time
   * for each device, also where two processes begin at once.
   * @throws FailureError `device-busy` where one is under way on this device, `disk-full`, `storage-unwritable`
   */
  async begin({ plan, family, role, safetyArchiveId }: Beginning, now = new Date()): Promise<Procedure> {
    if (!plan.procedure?.length) throw new Error(`the plan ${plan.id} has no steps of a procedure`)
    await makePrivateFolder(this.#folder)
    const procedure: Procedure = {
      format: 1,
      id: procedureIdSchema.parse(`proc-${randomUUID().replaceAll('-', '').slice(0, 12)}`),
      family,
      owner: ownMark(),
      createdAt: now.toISOString(),
      role,
      plan,
      steps: plan.procedure.map((draft) => ({ draft, state: { phase: 'ahead' } })),
      ...(safetyArchiveId !== undefined && { safetyArchiveId }),
    }
    await withLock(join(this.#folder, 'begin'), async () => {
      await this.refuseSecond(plan)
      await writeDurably(this.#fileOf(procedure.id), procedureSchema, procedure)
    })
    this.#tell(procedure)
    return procedure
  }

  /** @throws FailureError `device-busy` where a procedure is under way on the device of this plan */
  async refuseSecond({ deviceId, deviceName }: Pick<RestorePlan, 'deviceId' | 'deviceName'>): Promise<void> {
    const { procedures } = await this.list()
    const isUnderWay = procedures.some(({ plan, report }) => plan.deviceId === deviceId && !report)
    if (isUnderWay) throw new FailureError({ code: 'device-busy', device: deviceName, job: 'procedure' })
  }

  /** @throws FailureError `not-found`, `storage-damaged`, `storage-newer`, `file-unreadable` */
  async get(id: ProcedureId): Promise<Procedure> {
    const procedure = await readDurably(this.#fileOf(id), procedureSchema, knownFormat)
    if (!procedure) throw new FailureError({ code: 'not-found', kind: 'procedure', id })
    return procedure
  }

  /** All of them. A file that is damaged is named beside the others and never left out. @throws FailureError `file-unreadable` */
  async list(): Promise<ProcedureListing> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw readFailure(error, this.#folder)
    })
    const ids = names.flatMap((name) =>
      name.endsWith('.json') ? (procedureIdSchema.safeParse(name.slice(0, -'.json'.length)).data ?? []) : [],
    )
    const read = await Promise.all(ids.map(async (id) => await this.#readOrTell(id)))
    return {
      procedures: read
        .flatMap((each) => ('failure' in each ? [] : [each]))
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
      damaged: read.flatMap((each) => ('failure' in each ? [each] : [])),
    }
  }

  /**
   * Changes a procedure; when this settles, the change is on disk. No other process can change it in between.
   * @throws FailureError as `get`, `disk-full`, `storage-unwritable`; whatever `change` throws
   */
  async change(id: ProcedureId, change: (procedure: Procedure) => Procedure): Promise<Procedure> {
    const initial = await this.get(id)
    const news: Procedure[] = []
    const changed = await updateDurably(this.#fileOf(id), procedureSchema, {
      knownFormat,
      initial,
      change: (now) => {
        const next = change(now)
        if (next !== now) news.push(next)
        return next
      },
    })
    for (const next of news) this.#tell(next)
    return changed
  }

  /**
   * Takes over what processes that are gone left running; for the start of the application. A file that cannot be read
   * must not keep the app from starting: it is told to `onDamaged` and left as it is.
   */
  async takeOver(onDamaged: (failure: unknown) => void): Promise<void> {
    try {
      const { procedures, damaged } = await this.list()
      for (const { failure } of damaged) onDamaged(new FailureError(failure))
      for (const { id, owner } of procedures) {
        if (ownerState(owner) === 'gone') await this.takeOverOne(id)
      }
    } catch (error) {
      onDamaged(error)
    }
  }

  /** Takes over one procedure, where the process that ran its step is gone; leaves it as it is where it is not. */
  async takeOverOne(id: ProcedureId, now = new Date()): Promise<Procedure> {
    return await this.change(id, (procedure) =>
      // Asked again behind the lock: another process may have taken it over and begun a step by now.
      ownerState(procedure.owner) === 'gone' ? takeOver(procedure, now.toISOString()) : procedure,
    )
  }

  async #readOrTell(id: ProcedureId): Promise<Procedure | DamagedProcedure> {
    try {
      return await this.get(id)
    } catch (error) {
      if (error instanceof FailureError) return { id, failure: error.failure }
      throw error
    }
  }

  #tell(procedure: Procedure): void {
    for (const listener of this.#listeners) listener(procedure)
  }

  #fileOf(id: ProcedureId): string {
    return join(this.#folder, `${id}.json`)
  }
}
