import type { DragEvent, ReactNode } from 'react'
import type { MenuGroups } from '../actions/menu.tsx'
import type { Column, ColumnWidths, Sort } from './column.ts'
import type { RowDrag, RowDrop } from './row-transfer.ts'
import type { Selected, SelectionMode } from './selection.ts'

/** What Table and TreeTable have in common. Arrow keys move, letters jump, Enter opens, Space previews, Delete asks. */
export interface CommonGridProps<Row> {
  /** Name of the table. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  /** Text for jumping by typed letters; the row's name. */
  readonly rowText?: ((row: Row) => string) | undefined
  /** Height of a row in CSS pixels: 32 by default, 28 for dense trees, 48 for two lines. */
  readonly rowHeight?: number

  readonly selectionMode?: SelectionMode
  /** `checkbox` adds a column of check boxes; arrow keys then move without selecting and Space toggles. */
  readonly selectionLook?: 'highlight' | 'checkbox'
  readonly selectedKeys?: Selected | undefined
  readonly onSelectionChange?: ((keys: Selected) => void) | undefined

  /** Ctrl+A, where not all rows are loaded and "all" is more than those. */
  readonly onSelectAll?: (() => void) | undefined

  /** Enter and double click. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Space. */
  readonly onPreview?: ((row: Row) => void) | undefined
  /** Delete; ask before anything is lost. */
  readonly onDelete?: ((selected: Selected) => void) | undefined
  /** Right click and the menu key; the clicked row is selected first. */
  readonly menu?: ((row: Row, selected: Selected) => MenuGroups) | undefined

  /** Widths a person has set, to be remembered; without them the table keeps its own. */
  readonly widths?: ColumnWidths | undefined
  readonly onWidthsChange?: ((widths: ColumnWidths) => void) | undefined
  readonly sort?: Sort | undefined
  readonly onSortChange?: ((sort: Sort) => void) | undefined

  readonly drag?: RowDrag<Row> | undefined
  /** Whether a drag that begins leaves the window instead, where there is also one within it. */
  readonly isDragOut?: ((event: DragEvent) => boolean) | undefined
  readonly drop?: RowDrop<Row> | undefined
  /** Takes over a drag that leaves the window (export): the browser's own drag is cancelled first. */
  readonly onDragOut?: ((row: Row, selected: Selected) => void) | undefined

  /** Shown in place of the rows while there are none: an EmptyState. */
  readonly empty?: ReactNode
}

/** How rows lie in a tree. */
export interface TreeShape<Row> {
  /** 1 for the outermost rows. */
  readonly level: (row: Row) => number
  /** Whether the row is closed or open; `undefined` for a row that holds nothing. */
  readonly isExpanded: (row: Row) => boolean | undefined
  readonly onToggle: (row: Row, expand: boolean) => void
  /** Index of the row that holds the one at an index; without it the rows above are looked at one by one. */
  readonly parentOf?: ((index: number) => number | undefined) | undefined
}

/** Everything the grid under Table and TreeTable needs. */
export interface GridProps<Row> extends CommonGridProps<Row> {
  readonly rowCount: number
  readonly rowAt: (index: number) => Row | undefined
  /** Index of a row by id, to keep the cursor on its row when rows are sorted or filtered. */
  readonly indexOf?: ((id: string) => number | undefined) | undefined
  readonly tree?: TreeShape<Row> | undefined
  readonly head?: 'shown' | 'hidden'
  readonly onRowsShown?: ((first: number, end: number) => void) | undefined
}
