import type { ReactNode } from 'react'

/** One column of a Table or a TreeTable. */
export interface Column<Row> {
  readonly id: string
  readonly label: string
  /** The cell. A string is cut with an ellipsis and has its full text in the title. */
  readonly render: (row: Row) => ReactNode
  /** Full text of a cell that renders more than a string: for its title. */
  readonly text?: (row: Row) => string
  /** Width in CSS pixels at first. Without it the column takes its share of what is left. */
  readonly width?: number
  /** Weight of that share; 1 where not given. */
  readonly grow?: number
  /** Smallest width in CSS pixels. */
  readonly minWidth?: number
  /** `end` for numbers. */
  readonly align?: 'start' | 'end'
  readonly isMono?: boolean
  /** Figures of one width: dates, versions. Always so with `align: 'end'` and in monospace. */
  readonly isTabular?: boolean
  /** The column that names the row. */
  readonly isRowHeader?: boolean
  /** Whether its header sorts. In a Table, `sortValue` says it already. */
  readonly isSortable?: boolean
  /** What a Table sorts by; rows without a value come last in both directions. */
  readonly sortValue?: (row: Row) => string | number | undefined
}

/** Widths in CSS pixels that a person has set, by column id. */
export type ColumnWidths = Readonly<Record<string, number>>

export interface Sort {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

const smallest = 56

/** Smallest width of a column in CSS pixels. */
export function minWidthOf(column: Column<never>): number {
  return column.minWidth ?? smallest
}

/** The `grid-template-columns` of every row, and the width below which the table scrolls sideways. */
export function layoutOf(
  columns: readonly Column<never>[],
  widths: ColumnWidths,
  leading: readonly number[],
): { readonly template: string; readonly minWidth: number } {
  const tracks = leading.map((width) => `${width}px`)
  let minWidth = leading.reduce((sum, width) => sum + width, 0)
  let isFilled = false
  for (const column of columns) {
    const fixed = widths[column.id] ?? column.width
    minWidth += fixed ?? minWidthOf(column)
    if (fixed === undefined) {
      isFilled = true
      tracks.push(`minmax(${minWidthOf(column)}px, ${column.grow ?? 1}fr)`)
    } else {
      tracks.push(`${fixed}px`)
    }
  }
  if (!isFilled) tracks.push('minmax(0, 1fr)')
  return { template: tracks.join(' '), minWidth }
}

/** Rows in the order of a sort; the same rows where the column has no value to sort by. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
  locale: string,
): readonly Row[] {
  const value = columns.find((column) => column.id === sort?.column)?.sortValue
  if (value === undefined) return rows
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const sign = sort?.direction === 'descending' ? -1 : 1
  const keyed = rows.map((row) => ({ row, key: value(row) }))
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined)
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key)
    return sign * collator.compare(String(a.key), String(b.key))
  })
  return keyed.map(({ row }) => row)
}
