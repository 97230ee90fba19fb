import type { ProcedureId } from '../../shared/model/procedure.ts'
import { currentStepOf } from '../procedures/moves.ts'
import type { StepDraft } from '../../shared/model/restore.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import type { Vault } from '../vault/vault.ts'

export interface AidNeeds {
  readonly procedures: ProcedureBook
  readonly inventory: Inventory
  readonly vault: Vault
}

/** What is put on the clipboard for a person at a step. */
export interface Aid {
  readonly text: string
}

/**
 * What Ferrite offers beside the current step of a procedure; `undefined` where there is nothing to offer.
 * @throws FailureError `step-not-current`, `not-found`
 */
export function createAidOf({ procedures, inventory, vault }: AidNeeds) {
  return async (
    id: ProcedureId,
    stepId: string,
    aid: StepDraft['aids'][number],
  ): Promise<Aid | undefined> => {
    const procedure = await procedures.get(id)
    const { draft } = currentStepOf(procedure, stepId)
    if (!draft.aids.includes(aid)) return undefined
    switch (aid) {
      case 'copy-path':
        return { text: draft.facts['path'] ?? (await vault.contentPath(procedure.plan.archiveId)) }
      case 'copy-text':
        return draft.facts['text'] === undefined ? undefined : { text: draft.facts['text'] }
      case 'open-address':
        return { text: (await inventory.get(procedure.plan.deviceId)).address }
      case 'copy-key':
      case 'show-file':
        return undefined
    }
  }
}
