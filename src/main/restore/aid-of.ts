import { parseAddress, type Address } from '../../shared/model/address.ts'
import type { Device } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { ProcedureId } from '../../shared/model/procedure.ts'
import { currentStepOf } from '../procedures/moves.ts'
import type { StepDraft } from '../../shared/model/restore.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import type { KeyKept } from './archive-facts.ts'
import type { Vault } from '../vault/vault.ts'

export interface AidNeeds {
  readonly procedures: ProcedureBook
  readonly inventory: Inventory
  readonly vault: Vault
  readonly keyKept: KeyKept
}

/**
 * Something for a person at a step: text to copy, a page of the device itself to open, a file of the vault to show, the
 * key of an archive to copy. A key is named here and taken out only where it goes to the clipboard.
 */
export type Aid =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'page'; readonly address: Address }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'key'; readonly archiveId: ArchiveId }

/**
 * What Ferrite offers beside the current step of a procedure; `undefined` where there is nothing to offer.
 * @throws FailureError `step-not-current`, `not-found`
 */
export function createAidOf({ procedures, inventory, vault, keyKept }: AidNeeds) {
  return async (
    id: ProcedureId,
    stepId: string,
    aid: StepDraft['aids'][number],
  ): Promise<Aid | undefined> => {
    const procedure = await procedures.get(id)
    const { draft } = currentStepOf(procedure, stepId)
    if (!draft.aids.includes(aid)) return undefined
    const { facts } = draft
    const { archiveId, deviceId } = procedure.plan
    switch (aid) {
      case 'move-device':
        // The window's own dialog: main has nothing to give.
        return undefined
      case 'copy-path':
        return { kind: 'text', text: facts['path'] ?? (await vault.contentPath(archiveId)) }
      case 'copy-text':
        return facts['text'] === undefined ? undefined : { kind: 'text', text: facts['text'] }
      case 'open-address':
        return pageOf(await inventory.get(deviceId))
      case 'show-file':
        return { kind: 'file', file: await vault.contentPath(archiveId) }
      case 'copy-key':
        return keyKept(archiveId) ? { kind: 'key', archiveId } : undefined
    }
  }
}

/** A device with a web page can be opened in the browser; of any other the address can be copied. */
function pageOf({ address }: Device): Aid {
  return address.startsWith('https://')
    ? { kind: 'page', address: parseAddress(address, 'https') }
    : { kind: 'text', text: address }
}
