import { useState } from 'react'
import type { CSSProperties, ReactElement } from 'react'
import { ContextMenu } from '../actions/context-menu.tsx'
import { classes } from '../classes.ts'
import { layoutOf } from './column.ts'
import type { ColumnWidths } from './column.ts'
import { GridHeader } from './grid-header.tsx'
import type { GridProps } from './grid-props.ts'
import { GridRow } from './grid-row.tsx'
import styles from './grid.module.css'
import { useDragSession } from './row-transfer.ts'
import { useRowsShown } from './row-window.ts'
import { selectAll } from './selection.ts'
import { useGrid } from './use-grid.ts'
import type { GridControl } from './use-grid.ts'

const headHeight = 32
const checkWidth = 36
const noTypes: readonly string[] = []

/**
 * The grid under Table and TreeTable. Only the rows in sight are in the page, so any number of rows costs the same.
 * The focus stays on the grid and `aria-activedescendant` names the row: a row that is scrolled away takes no focus
 * with it.
 */
export function Grid<Row>(props: GridProps<Row>): ReactElement {
  const { label, columns, rowCount, tree, selectionMode = 'none', selectionLook, menu } = props
  const { rowHeight = 32, head = 'shown' } = props
  const [ownWidths, setOwnWidths] = useState<ColumnWidths>({})
  const widths = props.widths ?? ownWidths
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const control = useGrid(props, { rowHeight, headHeight: head === 'shown' ? headHeight : 0, scroller })
  const isDropPending = useDragSession(props.drop?.types ?? noTypes)
  useRowsShown(control.window, props.onRowsShown)
  const layout = layoutOf(columns, widths, selectionLook === 'checkbox' ? [checkWidth] : [])
  const { cursor, window } = control
  const isCursorInSight = cursor >= window.first && cursor < window.end
  return (
    <div className={styles['frame']}>
      <div
        role={tree === undefined ? 'grid' : 'treegrid'}
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + (selectionLook === 'checkbox' ? 1 : 0)}
        aria-multiselectable={selectionMode === 'multiple' ? true : undefined}
        aria-activedescendant={isCursorInSight ? control.rowDomId(cursor) : undefined}
        tabIndex={0}
        ref={setScroller}
        className={classes(styles['grid'], rowCount === 0 && styles['isEmpty'])}
        style={{ '--columns': layout.template, '--min-width': `${layout.minWidth}px` } as CSSProperties}
        onKeyDown={control.onKeyDown}
        onContextMenu={(event) => {
          // A right click beside the rows is no right click on a row; the menu key is.
          if (
            menu === undefined ||
            event.target !== event.currentTarget ||
            !isFromKeyboard(event.nativeEvent)
          )
            return
          event.preventDefault()
          openMenuAtCursor(control, event.currentTarget)
        }}
      >
        {head === 'shown' && (
          <GridHeader
            columns={columns}
            sort={props.sort}
            onSort={props.onSortChange && ((column) => props.onSortChange?.(nextSort(props, column)))}
            widths={widths}
            onWidths={(next) => {
              setOwnWidths(next)
              props.onWidthsChange?.(next)
            }}
            onLeave={() => scroller?.focus()}
            {...(selectionLook === 'checkbox' ? { all: allBox(props, control) } : {})}
          />
        )}
        <div role="rowgroup" className={styles['body']} style={{ blockSize: window.height }}>
          {indexes(window.first, window.end).map((index) => (
            <GridRow
              key={index}
              row={props.rowAt(index)}
              index={index}
              props={props}
              control={control}
              rowHeight={rowHeight}
              isDropPending={isDropPending}
            />
          ))}
        </div>
      </div>
      {rowCount === 0 && <div className={styles['empty']}>{props.empty}</div>}
      {menu !== undefined && (
        <ContextMenu
          label={label}
          groups={control.menuAt === undefined ? [] : menu(control.menuAt.row, control.menuAt.selected)}
          at={control.menuAt?.point}
          onClose={control.closeMenu}
        />
      )}
    </div>
  )
}

function indexes(first: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, step) => first + step)
}

function isFromKeyboard(event: Event): boolean {
  return !('pointerType' in event) || event.pointerType === ''
}

function openMenuAtCursor<Row>(control: GridControl<Row>, grid: HTMLElement): void {
  const row = document.getElementById(control.rowDomId(control.cursor))
  const box = (row ?? grid).getBoundingClientRect()
  control.openMenu(control.cursor, { x: box.left + 24, y: box.top + 24 })
}

function nextSort<Row>(
  { sort }: GridProps<Row>,
  column: string,
): { column: string; direction: 'ascending' | 'descending' } {
  const isSame = sort?.column === column
  return { column, direction: isSame && sort.direction === 'ascending' ? 'descending' : 'ascending' }
}

function allBox<Row>(
  { label, rowCount, rowAt, rowId, onSelectionChange }: GridProps<Row>,
  { selected }: GridControl<Row>,
): { state: 'none' | 'some' | 'all'; label: string; onChange: () => void } {
  const state = selected.size === 0 ? 'none' : selected.size >= rowCount ? 'all' : 'some'
  const all = (): ReadonlySet<string> => selectAll({ count: rowCount, at: rowAt, id: rowId })
  return { state, label, onChange: () => onSelectionChange?.(state === 'all' ? new Set() : all()) }
}
