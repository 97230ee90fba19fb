import type { Lens, LensCell, LensColumnId, LensId } from '../../../shared/model/lens.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { lensCellText } from '../../../shared/text/lens-text.ts'
import type { Language } from '../../../shared/text/language.ts'

/** The secrets that a person has asked for, by `secretKey`. They are forgotten with the view. */
export type Revealed = ReadonlyMap<string, string>

/** A row of a lens with its place in the archive's answer, which sorting and filtering do not change. */
export interface LensRow {
  readonly index: number
  readonly cells: readonly LensCell[]
}

export function secretKey(lens: LensId, row: number, column: number): string {
  return `${lens}/${String(row)}/${String(column)}`
}

/** A cell as a person reads it; `undefined` where there is nothing, or something covered. */
export function shownText(
  { id, columns }: Lens,
  { index, cells }: LensRow,
  column: number,
  context: { readonly language: Language; readonly revealed: Revealed },
): string | undefined {
  const cell = cells[column] ?? null
  const text =
    typeof cell === 'object'
      ? context.revealed.get(secretKey(id, index, column))
      : lensCellText(cell, columns[column]?.kind ?? 'text', context.language)
  return text === undefined ? undefined : escapeUntrusted(text, 2000)
}

/** The rows in which some cell holds the words, whatever the case; covered secrets are not looked at. */
export function matchingRows(lens: Lens, words: string, language: Language): readonly LensRow[] {
  const rows = lens.rows.map((cells, index) => ({ index, cells }))
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return rows
  const context = { language, revealed: new Map<string, string>() }
  return rows.filter((row) =>
    lens.columns.some((_, column) => shownText(lens, row, column, context)?.toLowerCase().includes(wanted)),
  )
}

/** The entry that a row is about, as the archive names it. */
export function entryOf({ columns }: Lens, { cells }: LensRow): string | undefined {
  const at = columns.findIndex(({ kind }, column) => kind === 'entry' && typeof cells[column] === 'string')
  const cell = cells[at]
  return typeof cell === 'string' ? cell : undefined
}

/** Places of the covered secrets of a row. */
export function coveredIn({ id }: Lens, { index, cells }: LensRow, revealed: Revealed): readonly number[] {
  return cells.flatMap((cell, column) =>
    typeof cell === 'object' && cell !== null && !revealed.has(secretKey(id, index, column)) ? [column] : [],
  )
}

const narrow: ReadonlySet<LensColumnId> = new Set([
  'version',
  'kind',
  'architecture',
  'status',
  'protocol',
  'store',
])
const wide: ReadonlySet<LensColumnId> = new Set([
  'description',
  'reason',
  'permissions',
  'command',
  'fingerprint',
  'file',
  'value',
])

/** How much room a column wants. */
export function roomOf({ id, kind }: Lens['columns'][number]): {
  readonly width?: number
  readonly minWidth: number
  readonly grow: number
} {
  if (kind === 'size' || kind === 'count') return { width: 96, minWidth: 80, grow: 1 }
  if (id === 'must-change-password') return { width: 176, minWidth: 80, grow: 1 }
  if (kind === 'yes-no') return { width: 112, minWidth: 80, grow: 1 }
  if (kind === 'time') return { width: 160, minWidth: 120, grow: 1 }
  if (id === 'fact' || id === 'setting' || id === 'what') return { width: 264, minWidth: 140, grow: 1 }
  if (narrow.has(id)) return { width: 116, minWidth: 96, grow: 1 }
  if (id === 'name' || id === 'addresses') return { minWidth: 180, grow: 1.5 }
  return wide.has(id) ? { minWidth: 200, grow: 2 } : { minWidth: 132, grow: 1 }
}
