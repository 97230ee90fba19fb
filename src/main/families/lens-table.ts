import { FailureError } from '../../shared/failure.ts'
import type { LensCode } from '../../shared/model/lens-codes.ts'
import type { Lens, LensCell, LensColumnId, LensColumnKind, LensId } from '../../shared/model/lens.ts'

/** A value that is covered until a person asks for it. */
export interface Secret {
  readonly secret: string
}
export type OpenCell = string | number | boolean | Secret | undefined

/** A lens with its secrets in clear: it stays in the parser process. */
export interface OpenLens {
  readonly id: LensId
  readonly columns: readonly { readonly id: LensColumnId; readonly kind: LensColumnKind }[]
  readonly rows: readonly (readonly OpenCell[])[]
  readonly isCapped: boolean
}

type Columns = Readonly<Partial<Record<LensColumnId, LensColumnKind>>>
/** The cells of one row by column; what is absent is a missing cell. */
export type Cells<C extends Columns> = {
  readonly [Id in keyof C]?: C[Id] extends 'code' ? LensCode | undefined : OpenCell
}

const rowsAtMost = 5000
const cellCharactersAtMost = 1000
/** A hash or a key is short; the secret of a hostile file is not. */
const secretCharactersAtMost = 20_000
const lensCharactersAtMost = 2_000_000

/**
 * A table of at most 5,000 rows. Rows are taken one at a time, so that a source with millions of them is left where
 * the table is full. Cells that do not fit the kind of their column are missing cells.
 */
export async function lensOf<const C extends Columns>(
  id: LensId,
  columns: C,
  rows: Iterable<Cells<C>> | AsyncIterable<Cells<C>>,
): Promise<OpenLens> {
  // Every key of a column table has a kind.
  const list = Object.entries(columns).map(([column, kind]) => ({ id: column as LensColumnId, kind }))
  const taken: (readonly OpenCell[])[] = []
  let characters = 0
  for await (const row of rows) {
    const cells: Readonly<Partial<Record<LensColumnId, OpenCell>>> = row
    const shown = list.map(({ id: column, kind }) => fitting(cells[column], kind))
    characters += shown.reduce<number>((sum, cell) => sum + lengthOf(cell), 0)
    if (taken.length >= rowsAtMost || characters > lensCharactersAtMost) {
      return { id, columns: list, rows: taken, isCapped: true }
    }
    taken.push(shown)
  }
  return { id, columns: list, rows: taken, isCapped: false }
}

/** A secret where there is one. */
export function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined || text === '' ? undefined : { secret: text.slice(0, secretCharactersAtMost) }
}

/** What may leave the parser process: secrets are covered, and tables without a row are nothing to show. */
export function covered(lenses: readonly OpenLens[]): readonly Lens[] {
  return lenses
    .filter(({ rows }) => rows.length > 0)
    .map((lens) => ({ ...lens, rows: lens.rows.map((row) => row.map(coveredCell)) }))
}

/** The secret of one cell. @throws FailureError `not-found` where there is none */
export function secretIn(lenses: readonly OpenLens[], id: LensId, row: number, column: number): string {
  const cell = lenses.find((lens) => lens.id === id)?.rows[row]?.[column]
  if (isSecret(cell)) return cell.secret
  throw new FailureError({ code: 'not-found', kind: 'secret', id: `${id} ${row} ${column}` })
}

function coveredCell(cell: OpenCell): LensCell {
  if (cell === undefined) return null
  return isSecret(cell) ? { secret: true } : cell
}

function isSecret(cell: OpenCell): cell is Secret {
  return typeof cell === 'object'
}

function fitting(cell: OpenCell, kind: LensColumnKind): OpenCell {
  if (isSecret(cell) || typeof cell === 'boolean') return cell
  if (typeof cell === 'number')
    return Number.isFinite(cell) && (kind !== 'size' || cell >= 0) ? cell : undefined
  if (cell === undefined || cell === '' || kind === 'count' || kind === 'size') return undefined
  // A path that is cut names nothing.
  const isWhole = kind === 'entry' || cell.length <= cellCharactersAtMost
  return isWhole ? cell : `${cell.slice(0, cellCharactersAtMost)}…`
}

function lengthOf(cell: OpenCell): number {
  if (isSecret(cell)) return cell.secret.length
  return typeof cell === 'string' ? cell.length : 8
}
