import type { ArchiveId } from '../../shared/model/record.ts'
import type { Language } from '../../shared/text/language.ts'
import { htmlDocument } from '../printing/document.ts'
import type { AnnotationBook } from '../vault/annotation-book.ts'
import type { Vault } from '../vault/vault.ts'
import { emergencySheet } from './emergency-sheet.ts'
import type { KeyBook } from './key-book.ts'

export interface KeySheetNeeds {
  readonly vault: Vault
  readonly annotations: AnnotationBook
  readonly keys: KeyBook
}

export interface KeySheetRequest {
  readonly archiveId: ArchiveId
  readonly language: Language
  /** The key as a person has it; the kept one where it is left out. */
  readonly key?: string
}

/**
 * The use case "print what restores this backup": the emergency sheet as a page. Holds the key in clear: it goes to
 * paper or to a file of the person's choice and nowhere else.
 * @throws FailureError as `KeyBook.show` and `KeyBook.check`
 */
export function createKeySheet({ vault, annotations, keys }: KeySheetNeeds) {
  return async ({ archiveId, language, key: given }: KeySheetRequest, now = new Date()): Promise<string> => {
    const record = await vault.read(archiveId)
    const { stated } = await annotations.of(archiveId)
    const key = given?.trim() ?? (await keys.show(archiveId, 'sheet'))
    const hint = await keys.check(archiveId, key, now)
    const version = stated['version']?.value ?? record.source.systemVersion?.value
    return htmlDocument(emergencySheet({ record, key, hint, version, language, now }))
  }
}
