/** The rows of a grid as the keyboard and the selection see them. Rows may be missing while they are loaded. */
export interface Rows<Row> {
  readonly count: number
  readonly at: (index: number) => Row | undefined
  readonly id: (row: Row) => string
}

export type Selected = ReadonlySet<string>
export type SelectionMode = 'none' | 'single' | 'multiple'

/** `move` leaves the selection alone. */
export type SelectionMove = 'replace' | 'toggle' | 'extend' | 'move'

/**
 * The selection after a move to a row. `anchor` is where a range begins: the row last chosen without Shift. A range ends
 * in front of the first row that is not loaded: it has no gaps that nobody sees.
 */
export function select<Row>(
  rows: Rows<Row>,
  selected: Selected,
  to: {
    readonly index: number
    readonly anchor: number
    readonly move: SelectionMove
    readonly mode: SelectionMode
  },
): Selected {
  const { index, anchor, move, mode } = to
  const row = rows.at(index)
  if (mode === 'none' || move === 'move' || row === undefined) return selected
  const id = rows.id(row)
  if (mode === 'single' || move === 'replace') return new Set([id])
  if (move === 'toggle') {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    return next
  }
  return range(rows, anchor, index)
}

/** Ids of all loaded rows. */
export function selectAll<Row>(rows: Rows<Row>): Selected {
  const ids = new Set<string>()
  for (let index = 0; index < rows.count; index += 1) {
    const row = rows.at(index)
    if (row !== undefined) ids.add(rows.id(row))
  }
  return ids
}

/** In the order of the rows. */
function range<Row>(rows: Rows<Row>, anchor: number, to: number): Selected {
  const step = to < anchor ? -1 : 1
  const ids: string[] = []
  for (let index = anchor; index !== to + step; index += step) {
    const row = rows.at(index)
    if (row === undefined) break
    ids.push(rows.id(row))
  }
  return new Set(step < 0 ? ids.reverse() : ids)
}

/** Where a navigation key leads from a row, or `undefined` for other keys. `page` is in rows. */
export function moveOf(key: string, index: number, count: number, page: number): number | undefined {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1)
    case 'ArrowUp':
      return Math.max(0, index - 1)
    case 'PageDown':
      return Math.min(last, index + page)
    case 'PageUp':
      return Math.max(0, index - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** How many rows are looked at for typed letters; beyond that, searching is the search field's work. */
const typeAheadReach = 50_000

/** The next row, after `from` and around, whose text begins with what was typed. */
export function findTyped<Row>(
  rows: Rows<Row>,
  text: (row: Row) => string,
  typed: string,
  from: number,
): number | undefined {
  const wanted = typed.toLowerCase()
  const reach = Math.min(rows.count, typeAheadReach)
  // One letter again goes on to the next match; more letters may still mean the row we are on.
  const start = typed.length > 1 ? from : from + 1
  for (let step = 0; step < reach; step += 1) {
    const index = (start + step) % rows.count
    const row = rows.at(index)
    if (row !== undefined && text(row).toLowerCase().startsWith(wanted)) return index
  }
  return undefined
}
