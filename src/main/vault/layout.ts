import { join } from 'node:path'
import { archiveIdSchema, type ArchiveId } from '../../shared/model/record.ts'

/** Where things lie in a vault; described in docs/vault-format.md, a promise. */
export interface VaultLayout {
  readonly folder: string
  /** The id file: what makes a folder a vault. */
  readonly idFile: string
  readonly archives: string
  /** Files that the reader refused; made when the first one is kept. */
  readonly refused: string
  readonly staging: string
}

export const recordFileName = 'record.json'
export const refusalFileName = 'refusal.json'
export const idFileName = 'vault.json'

/** The places of the vault in a folder. */
export function layoutOf(folder: string): VaultLayout {
  return {
    folder,
    idFile: join(folder, idFileName),
    archives: join(folder, 'archives'),
    refused: join(folder, 'refused'),
    staging: join(folder, 'staging'),
  }
}

/** A folder name as an id, or `undefined` where it is none. Names that are no ids never become part of a path. */
export function archiveIdOf(name: string): ArchiveId | undefined {
  return archiveIdSchema.safeParse(name).data
}

/**
 * What operating systems drop into folders that people open, and into the roots of drives.
 * It belongs to nobody, so it neither makes a folder foreign nor counts as damage.
 */
export function isDropping(name: string): boolean {
  return (
    name.startsWith('._') ||
    name.startsWith('.Trash') ||
    [
      '.DS_Store',
      '.Spotlight-V100',
      '.fseventsd',
      'Thumbs.db',
      'desktop.ini',
      'lost+found',
      'System Volume Information',
      '$RECYCLE.BIN',
    ].includes(name)
  )
}
