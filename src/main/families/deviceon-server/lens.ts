import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { breathe } from '../../archives/archive-base.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { lensOf, type OpenLens } from '../lens-table.ts'
import { recognises } from './archive.ts'

const endingsAtMost = 5001

/** Vendor's page on System Backup: history of sensors is not part of it. Neither version nor TPM stands in the file. */
const leftOut: readonly (readonly [what: LensCode, reason: LensCode])[] = [
  ['sensor-data', 'never-in-backup'],
  ['version-of-server', 'file-says-nothing'],
]

/** The vendor documents nothing of the inside, so its files are counted by the ends of their names and no more is said. */
export async function lenses(archive: OpenArchive, signal: AbortSignal): Promise<readonly OpenLens[]> {
  if (!recognises(archive)) return []
  const endings = new Map<string, { files: number; size: number }>()
  let seen = 0
  for (const { path, kind, sizeBytes } of archive.entries()) {
    if (++seen % 4096 === 0) await breathe(signal)
    if (kind !== 'file') continue
    const [, ending = ''] = /[^/.]\.([A-Za-z0-9]{1,12})$/.exec(path) ?? []
    const known = endings.get(ending.toLowerCase()) ?? { files: 0, size: 0 }
    if (endings.size >= endingsAtMost && known.files === 0) continue
    endings.set(ending.toLowerCase(), { files: known.files + 1, size: known.size + sizeBytes })
  }
  return [
    await lensOf(
      'left-out',
      { what: 'code', reason: 'code' },
      leftOut.map(([what, reason]) => ({ what, reason })),
    ),
    await lensOf(
      'file-types',
      { ending: 'mono', files: 'count', size: 'size' },
      [...endings].map(([ending, sums]) => ({ ending: ending === '' ? undefined : `.${ending}`, ...sums })),
    ),
  ]
}
