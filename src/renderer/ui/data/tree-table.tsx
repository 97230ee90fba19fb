import type { ReactElement } from 'react'
import type { CommonGridProps, TreeShape } from '../grid/grid-props.ts'
import { Grid } from '../grid/grid.tsx'

export type { Column, ColumnWidths, Sort } from '../grid/column.ts'

export interface TreeTableProps<Row> extends CommonGridProps<Row> {
  /** Number of rows that are not inside of a closed one. */
  readonly rowCount: number
  /** The row at a place, or `undefined` while it is not loaded; asked only for places in sight. */
  readonly rowAt: (index: number) => Row | undefined
  readonly indexOf?: ((id: string) => number | undefined) | undefined
  readonly tree: TreeShape<Row>
  /** `hidden` makes it a plain tree. */
  readonly head?: 'shown' | 'hidden'
  /** The rows in sight changed, e.g. to load them. */
  readonly onRowsShown?: ((first: number, end: number) => void) | undefined
}

/**
 * A tree with columns over flat rows: the parent keeps what is open and answers for one row at a time, so a million
 * rows cost as much as a hundred. Right opens, Left closes or goes to the parent.
 */
export function TreeTable<Row>(props: TreeTableProps<Row>): ReactElement {
  return <Grid rowHeight={28} {...props} />
}
