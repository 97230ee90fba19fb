import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import {
  procedureIdSchema,
  procedureSchema,
  type Procedure,
  type ProcedureId,
} from '../../shared/model/procedure.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import { readDurably, updateDurably, writeDurably } from '../storage/durable-file.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'
import { ownerState, ownMark } from '../storage/process-mark.ts'
import { errnoOf, readFailure } from '../storage/storage-failure.ts'
import { takeOver } from './moves.ts'

const knownFormat = 1

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

  /** Writes down a new procedure with all of its steps ahead. */
  async begin(plan: RestorePlan, family: FamilyId, now = new Date()): Promise<Procedure> {
    await makePrivateFolder(this.#folder)
    const procedure: Procedure = {
      format: 1,
      id: procedureIdSchema.parse(`proc-${randomUUID().replaceAll('-', '').slice(0, 12)}`),
      family,
      owner: ownMark(),
      createdAt: now.toISOString(),
      plan,
      steps: (plan.procedure ?? []).map((draft) => ({ draft, state: { phase: 'ahead' } })),
    }
    await writeDurably(this.#fileOf(procedure.id), procedureSchema, procedure)
    this.#tell(procedure)
    return procedure
  }

  /** @throws FailureError `not-found`, `storage-damaged`, `storage-newer`, `file-unreadable` */
  async get(id: ProcedureId): Promise<Procedure> {
    const procedure = await readDurably(this.#fileOf(id), procedureSchema, knownFormat)
    if (!procedure) throw new FailureError({ code: 'not-found', kind: 'procedure', id })
    return procedure
  }

  /** All of them, the newest first. A damaged file is an error, not a shorter list. */
  async list(): Promise<readonly Procedure[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw readFailure(error, this.#folder)
    })
    const ids = names.flatMap((name) => procedureIdSchema.safeParse(name.replace(/\.json$/, '')).data ?? [])
    const procedures = await Promise.all(ids.map((id) => this.get(id)))
    return procedures.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  }

  /**
   * Changes a procedure; when this settles, the change is on disk. No other process can change it in between.
   * @throws FailureError as `get`, `disk-full`, `storage-unwritable`; whatever `change` throws
   */
  async change(id: ProcedureId, change: (procedure: Procedure) => Procedure): Promise<Procedure> {
    const initial = await this.get(id)
    const changed = await updateDurably(this.#fileOf(id), procedureSchema, { knownFormat, initial, change })
    this.#tell(changed)
    return changed
  }

  /**
   * Takes over what processes that are gone left running; for the start of the application. A file that cannot be read
   * must not keep the app from starting: it is told to `onDamaged` and left as it is.
   */
  async takeOver(onDamaged: (error: unknown) => void, now = new Date()): Promise<void> {
    try {
      for (const { id, owner } of await this.list()) {
        if (ownerState(owner) !== 'gone') continue
        await this.change(id, (procedure) => takeOver(procedure, now.toISOString()))
      }
    } catch (error) {
      onDamaged(error)
    }
  }

  #tell(procedure: Procedure): void {
    for (const listener of this.#listeners) listener(procedure)
  }

  #fileOf(id: ProcedureId): string {
    return join(this.#folder, `${id}.json`)
  }
}
