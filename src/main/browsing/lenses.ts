import { FailureError } from '../../shared/failure.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { Lens, LensId } from '../../shared/model/lens.ts'
import type { ArchivePlace } from '../../shared/model/place.ts'
import type { Vault } from '../vault/vault.ts'
import type { Browser } from './browse.ts'

interface Needs {
  readonly browser: Browser
  readonly vault: Vault
}

/** What the family of an archive can say about it, as tables with their secrets covered. @throws FailureError `archive-…` */
export async function lensesAt(
  { browser, vault }: Needs,
  place: ArchivePlace,
  signal: AbortSignal,
): Promise<readonly Lens[]> {
  const family = await familyAt(vault, place)
  if (family === undefined) return []
  return await browser.with(place, signal, (archive) => archive.call('lenses', { family }, { signal }))
}

/** One secret, by its place in what `lensesAt` answered. @throws FailureError `not-found`, `archive-…` */
export async function revealAt(
  { browser, vault }: Needs,
  place: ArchivePlace,
  cell: { readonly lens: LensId; readonly row: number; readonly column: number },
  signal: AbortSignal,
): Promise<string> {
  const family = await familyAt(vault, place)
  if (family === undefined) throw new FailureError({ code: 'not-found', kind: 'secret', id: cell.lens })
  return await browser.with(place, signal, (archive) =>
    archive.call('reveal', { family, ...cell }, { signal }),
  )
}

/** What lies inside an archive is of the same family only where that family packs archives into its own: app files. */
async function familyAt(vault: Vault, { archiveId, inside }: ArchivePlace): Promise<FamilyId | undefined> {
  const { family } = await vault.read(archiveId)
  return inside.length === 0 || family === 'ctrlx-core' ? family : undefined
}
