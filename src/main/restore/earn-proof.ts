import { mayRestore } from '../../shared/compatibility/check.ts'
import { FailureError } from '../../shared/failure.ts'
import type { ProofLine } from '../../shared/model/annotations.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Procedure, ProcedureId } from '../../shared/model/procedure.ts'
import type { RestorePlan, RestoreReport } from '../../shared/model/restore.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { AnnotationBook } from '../vault/annotation-book.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import type { createGuidedRestore } from './guided-restore.ts'

export interface EarnProofNeeds {
  readonly annotations: AnnotationBook
  readonly inventory: Inventory
  readonly activity: ActivityLog
}

/** Nobody needs what such a device does now, so a restore to it may be a drill. */
export function isForDrills({ role }: Pick<Device, 'role'>): boolean {
  return role !== 'production'
}

/** @throws FailureError `not-for-drills` */
export function checkForDrills(device: Pick<Device, 'name' | 'role'>): void {
  if (!isForDrills(device)) throw new FailureError({ code: 'not-for-drills', device: device.name })
}

/** L3: a plan against a named device against which nothing stands. */
export function provesPlan({ fit }: Pick<RestorePlan, 'fit'>): boolean {
  return mayRestore(fit.verdict)
}

/**
 * L4: the device was read back and holds the archive, it told no error, and nothing differs. A report that rests on
 * what a person said proves nothing about the archive, however true it is.
 */
export function provesRestore({ outcome, clean, differences, remarks }: RestoreReport): boolean {
  const isWord = remarks.some(({ remark }) => remark === 'verified-by-person' || remark === 'found-by-person')
  return outcome === 'verified-new' && clean && differences.length === 0 && !isWord
}

/** Notes how far archives are proven, by what was really done, each time it is done. */
export class ProofBook {
  readonly #needs: EarnProofNeeds

  constructor(needs: EarnProofNeeds) {
    this.#needs = needs
  }

  /** Notes L3 where this plan earns it. @throws FailureError as `AnnotationBook.prove` */
  async planned(plan: RestorePlan): Promise<void> {
    if (provesPlan(plan)) await this.#earn('L3', plan, await this.#needs.inventory.get(plan.deviceId))
  }

  /**
   * Notes L4 where this restore earns it. `device` is the target as it was before the restore began: what it is for was
   * decided then.
   * @throws FailureError as `AnnotationBook.prove`
   */
  async restored(
    plan: Pick<RestorePlan, 'archiveId' | 'hash'>,
    report: RestoreReport,
    device: Device,
  ): Promise<void> {
    if (isForDrills(device) && provesRestore(report)) await this.#earn('L4', plan, device)
  }

  async #earn(
    level: ProofLine['level'],
    { archiveId, hash }: Pick<RestorePlan, 'archiveId' | 'hash'>,
    { id, name, role }: Device,
  ): Promise<void> {
    const { annotations, activity } = this.#needs
    const { proofs } = await annotations.of(archiveId)
    // The same plan is made anew whenever somebody looks at it; each restore is a proof of its own.
    const isKnown = proofs.some((proof) => proof.level === level && proof.planHash === hash)
    if (level === 'L3' && isKnown) return
    const at = new Date().toISOString()
    await annotations.prove(archiveId, {
      level,
      at,
      deviceId: id,
      deviceName: name,
      deviceRole: role,
      planHash: hash,
    })
    await activity.append({
      action: 'proof-earned',
      subject: name,
      facts: { archive: archiveId, level, plan: hash, role },
    })
  }
}

/** `planRestore` that notes what its plans prove. */
export function provingPlans<A extends readonly unknown[]>(
  book: ProofBook,
  planRestore: (...args: A) => Promise<RestorePlan>,
): (...args: A) => Promise<RestorePlan> {
  return async (...args) => {
    const plan = await planRestore(...args)
    await book.planned(plan)
    return plan
  }
}

/** `restore` that notes what it proves. */
export function provingRestores<A extends readonly unknown[]>(
  { book, inventory }: { readonly book: ProofBook; readonly inventory: Inventory },
  restore: (plan: RestorePlan, ...args: A) => Promise<RestoreReport>,
): (plan: RestorePlan, ...args: A) => Promise<RestoreReport> {
  return async (plan, ...args) => {
    const device = await inventory.get(plan.deviceId)
    return await noted(book, plan, await restore(plan, ...args), device)
  }
}

/** The device is changed by then, so a note that fails is a remark, not a failure. */
async function noted(
  book: ProofBook,
  plan: RestorePlan,
  report: RestoreReport,
  device: Device,
): Promise<RestoreReport> {
  try {
    await book.restored(plan, report, device)
    return report
  } catch (error) {
    const code = error instanceof FailureError ? error.failure.code : 'unexpected'
    return { ...report, remarks: [...report.remarks, { remark: 'proof-not-noted', facts: { code } }] }
  }
}

type GuidedRestores = ReturnType<typeof createGuidedRestore>

interface ProvingProceduresNeeds {
  readonly book: ProofBook
  readonly inventory: Inventory
  readonly procedures: Pick<ProcedureBook, 'get'>
}

/**
 * Guided restores that note what they prove, once each: only what a step of Ferrite's own has compared, never a person's
 * word, and on a device that was for drills when the procedure began.
 */
export function provingProcedures(
  { book, inventory, procedures }: ProvingProceduresNeeds,
  guided: GuidedRestores,
): GuidedRestores {
  const noting = async (procedure: Procedure): Promise<Procedure> => {
    const { plan, report, outcome, role } = procedure
    if (!report || outcome !== 'verified-new' || role === undefined) return procedure
    const device = (await inventory.list()).find(({ id }) => id === plan.deviceId)
    if (!device) return procedure
    return { ...procedure, report: await noted(book, plan, report, { ...device, role }) }
  }
  const goingOn = async (id: ProcedureId, work: () => Promise<Procedure>): Promise<Procedure> => {
    const { report } = await procedures.get(id)
    const procedure = await work()
    return report ? procedure : await noting(procedure)
  }
  return {
    start: async (plan, context) => await noting(await guided.start(plan, context)),
    run: async (id, context) => await goingOn(id, async () => await guided.run(id, context)),
    confirm: async (id, word) => await goingOn(id, async () => await guided.confirm(id, word)),
    abandon: async (id, abandonment) => await guided.abandon(id, abandonment),
  }
}
