import { createStore } from 'zustand/vanilla'
import type { CellKind } from '../../../shared/compatibility/fit-matrix.ts'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import type { Finding } from '../../../shared/model/finding.ts'
import { request } from '../../api.ts'
import { showFailure } from '../../stores/messages.ts'
import type { FitSummary } from './fit-state.ts'

/** Cells are asked for in squares of this edge, so that scrolling by a cell asks for nothing new. */
export const tileEdge = 16
/** Main answers this many rows, and columns, at once: a multiple of the edge. */
const blockAtMost = 192

/** Cells that are in sight, by places; the ends are not in. */
export interface CellRange {
  readonly firstRow: number
  readonly endRow: number
  readonly firstColumn: number
  readonly endColumn: number
}

/** What is known of one cell. */
export type FitCell =
  | { readonly state: 'waiting' }
  | { readonly state: 'gone' }
  | {
      readonly state: 'judged'
      readonly kind: CellKind
      readonly deciding: Finding | undefined
      readonly identityReadAt: string | undefined
    }

interface Tile {
  readonly block: RequestOutput<'fit.matrix'>
  /** Where the tile begins within the block, and how wide the block is. */
  readonly row: number
  readonly column: number
  readonly columns: number
}

interface CellsState {
  readonly summary: FitSummary | undefined
  readonly tiles: ReadonlyMap<string, Tile>
  readonly wanted: CellRange | undefined
  readonly isAsking: boolean
}

/** The cells that main has answered for the rows and columns of one summary. */
export const fitCells = createStore<CellsState>(() => ({
  summary: undefined,
  tiles: new Map(),
  wanted: undefined,
  isAsking: false,
}))

const waiting: FitCell = { state: 'waiting' }
const gone: FitCell = { state: 'gone' }

/** The cell at a place. */
export function cellAt(tiles: ReadonlyMap<string, Tile>, row: number, column: number): FitCell {
  const tile = tiles.get(keyOf(Math.floor(row / tileEdge), Math.floor(column / tileEdge)))
  if (tile === undefined) return waiting
  const { block } = tile
  const columnInBlock = tile.column + (column % tileEdge)
  const place = block.cells[(tile.row + (row % tileEdge)) * tile.columns + columnInBlock] ?? -1
  const outcome = block.outcomes[place]
  if (outcome === undefined) return gone
  return {
    state: 'judged',
    kind: outcome.kind,
    deciding: outcome.deciding,
    identityReadAt: block.identityReadAt[columnInBlock],
  }
}

/**
 * Says which cells are in sight. What is missing of them is asked for, one request at a time: while a person scrolls
 * on, only the newest place is asked for next.
 */
export function wantCells(summary: FitSummary, wanted: CellRange): void {
  const { summary: former, isAsking } = fitCells.getState()
  const isSame = former !== undefined && hasSameCells(former, summary)
  fitCells.setState(isSame ? { summary, wanted } : { summary, wanted, tiles: new Map() })
  if (!isAsking) void askForMissing()
}

function hasSameCells(a: FitSummary, b: FitSummary): boolean {
  return (
    a.generation === b.generation &&
    isSameList(a.archiveIds, b.archiveIds) &&
    isSameList(a.deviceIds, b.deviceIds)
  )
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, place) => id === b[place]))
}

async function askForMissing(): Promise<void> {
  fitCells.setState({ isAsking: true })
  for (;;) {
    const { summary, wanted, tiles } = fitCells.getState()
    const missing = summary && wanted && missingOf(wanted, tiles)
    if (!summary || !missing) break
    const answer = await request('fit.matrix', {
      archiveIds: summary.archiveIds.slice(missing.firstRow, missing.endRow),
      deviceIds: summary.deviceIds.slice(missing.firstColumn, missing.endColumn),
    })
    if (fitCells.getState().summary !== summary) continue
    if (!answer.ok) {
      if (answer.failure.code !== 'cancelled') showFailure(answer.failure)
      break
    }
    takeIn(missing, answer.value)
  }
  fitCells.setState({ isAsking: false })
}

/** The smallest block of whole tiles that holds every tile that is in sight and not known. */
function missingOf(wanted: CellRange, tiles: ReadonlyMap<string, Tile>): CellRange | undefined {
  const rows: number[] = []
  const columns: number[] = []
  for (let row = Math.floor(wanted.firstRow / tileEdge); row * tileEdge < wanted.endRow; row += 1) {
    for (
      let column = Math.floor(wanted.firstColumn / tileEdge);
      column * tileEdge < wanted.endColumn;
      column += 1
    ) {
      if (tiles.has(keyOf(row, column))) continue
      rows.push(row)
      columns.push(column)
    }
  }
  if (rows.length === 0) return undefined
  const [firstRow, firstColumn] = [Math.min(...rows) * tileEdge, Math.min(...columns) * tileEdge]
  return {
    firstRow,
    firstColumn,
    endRow: Math.min((Math.max(...rows) + 1) * tileEdge, firstRow + blockAtMost),
    endColumn: Math.min((Math.max(...columns) + 1) * tileEdge, firstColumn + blockAtMost),
  }
}

function takeIn(range: CellRange, block: RequestOutput<'fit.matrix'>): void {
  const columns = block.identityReadAt.length
  fitCells.setState(({ tiles }) => {
    const next = new Map(tiles)
    for (let row = range.firstRow; row < range.endRow; row += tileEdge) {
      for (let column = range.firstColumn; column < range.endColumn; column += tileEdge) {
        const place = { row: row - range.firstRow, column: column - range.firstColumn }
        next.set(keyOf(row / tileEdge, column / tileEdge), { block, columns, ...place })
      }
    }
    return { tiles: next }
  })
}

function keyOf(tileRow: number, tileColumn: number): string {
  return `${String(tileRow)} ${String(tileColumn)}`
}
