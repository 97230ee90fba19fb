import { fact, type Identity } from '../../../shared/model/identity.ts'
import type { LeftOut } from '../../../shared/model/scope.ts'
import type { OpenArchive } from '../../archives/open.ts'

/** What no System Backup v2 holds (Netwrix manual, System Backup; migration guide). */
export const leftOut: readonly LeftOut[] = [
  { what: 'Audit logs', reason: 'logbook' },
  { what: 'File shadows', reason: 'logbook' },
  { what: 'licences', reason: 'licence' },
]

/** The name that the former System Backup gives its files (Netwrix manual, System Backup: `.eppb`). */
const formerEnding = /\.eppb$/i

/**
 * The vendor states neither container nor name of a System Backup v2, so every file may be one that a person says is
 * one. A file that turns out to be a zip or a tar was opened and checked as such before and is no worse for it; a
 * document that anybody can read is no backup.
 */
export function recognises({ container }: OpenArchive): boolean {
  return container !== 'json'
}

/** All that a file says of itself is its name: `.eppb` is the former kind. */
export async function readArchive({ name }: OpenArchive, recorded: Identity): Promise<Identity> {
  const { family, readAt, traits } = recorded
  const kind = isFormerKind(name) ? { kind: fact('v1', 'archive', readAt) } : undefined
  return { family, readAt, ...(kind && { traits: { ...traits, ...kind } }) }
}

/** True for a name that only the former System Backup gives. */
export function isFormerKind(fileName: string): boolean {
  return formerEnding.test(fileName)
}
