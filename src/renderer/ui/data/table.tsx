import { useCallback, useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { sortRows } from '../grid/column.ts'
import type { Sort } from '../grid/column.ts'
import type { CommonGridProps } from '../grid/grid-props.ts'
import { Grid } from '../grid/grid.tsx'
import { useUi } from '../ui-provider.tsx'

export type { Column, ColumnWidths, Sort } from '../grid/column.ts'
export type { DropAnswer, RowDrag, RowDrop } from '../grid/row-transfer.ts'
export type { Selected } from '../grid/selection.ts'

export interface TableProps<Row> extends CommonGridProps<Row> {
  readonly rows: readonly Row[]
  /** The order at first, where the parent does not keep the sort itself. */
  readonly defaultSort?: Sort | undefined
}

/**
 * Rows in columns: sorts by `sortValue`, resizes, selects, drags, and shows any number of rows (10,000 and more)
 * at once. Fills the height it is given.
 */
export function Table<Row>(props: TableProps<Row>): ReactElement {
  const { rows, columns, rowId, onSortChange } = props
  const { language } = useUi()
  const [ownSort, setOwnSort] = useState(props.defaultSort)
  const sort = props.sort ?? ownSort
  const sorted = useMemo(() => sortRows(rows, columns, sort, language), [rows, columns, sort, language])
  const places = useMemo(() => new Map(sorted.map((row, index) => [rowId(row), index])), [sorted, rowId])
  return (
    <Grid
      {...props}
      sort={sort}
      onSortChange={(next) => {
        setOwnSort(next)
        onSortChange?.(next)
      }}
      rowCount={sorted.length}
      rowAt={useCallback((index: number) => sorted[index], [sorted])}
      indexOf={useCallback((id: string) => places.get(id), [places])}
    />
  )
}
