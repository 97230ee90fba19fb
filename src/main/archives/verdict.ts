import type { ArchiveVerdict, Restriction } from '../../shared/model/archive-verdict.ts'
import type { EntryRows } from './archive.ts'

/** What an archive that opened is worth: `view` where entries are restricted, else `ok`. */
export function verdictOf(rows: EntryRows): ArchiveVerdict {
  const found = new Map<Restriction, { entries: number; row: number }>()
  for (let row = 0; row < rows.count; row += 1) {
    const restriction = rows.restriction(row)
    if (restriction === undefined) continue
    const known = found.get(restriction)
    if (known === undefined) found.set(restriction, { entries: 1, row })
    else known.entries += 1
  }
  if (found.size === 0) return { verdict: 'ok' }
  const reasons = [...found].map(([restriction, { entries, row }]) => ({
    restriction,
    entries,
    example: rows.path(row),
  }))
  return { verdict: 'view', reasons }
}
