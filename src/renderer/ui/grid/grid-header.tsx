import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react'
import { CheckboxButton, CheckboxField } from 'react-aria-components'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import { useUi } from '../ui-provider.tsx'
import { minWidthOf } from './column.ts'
import type { Column, ColumnWidths, Sort } from './column.ts'
import styles from './grid.module.css'
import { RowCheckMark } from './row-check-mark.tsx'

const widthStep = 16

interface GridHeaderProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: Sort | undefined
  readonly onSort: ((column: string) => void) | undefined
  readonly widths: ColumnWidths
  readonly onWidths: (widths: ColumnWidths) => void
  /** The check box over the check boxes; absent where rows have none. */
  readonly all?: {
    readonly state: 'none' | 'some' | 'all'
    readonly label: string
    readonly onChange: () => void
  }
  readonly onLeave: () => void
}

/** Column headers: one tab stop, arrows move between them, Enter sorts, Alt with arrows changes the width. */
export function GridHeader<Row>(props: GridHeaderProps<Row>): ReactElement {
  const { columns, all } = props
  const [current, setCurrent] = useState(0)
  const row = useRef<HTMLDivElement>(null)
  const focus = (index: number): void => {
    const cell = row.current?.querySelectorAll<HTMLElement>('[data-header]')[index]
    if (cell === undefined) return
    setCurrent(index)
    cell.focus()
  }
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['row']} ref={row}>
        {all !== undefined && (
          <div role="columnheader" aria-colindex={1} className={styles['checkCell']}>
            <CheckboxField
              aria-label={all.label}
              isSelected={all.state === 'all'}
              isIndeterminate={all.state === 'some'}
              onChange={all.onChange}
            >
              <CheckboxButton className={styles['check'] ?? ''}>
                <RowCheckMark state={all.state} />
              </CheckboxButton>
            </CheckboxField>
          </div>
        )}
        {columns.map((column, index) => (
          <HeaderCell
            key={column.id}
            {...props}
            column={column}
            index={index}
            isTabStop={index === Math.min(current, columns.length - 1)}
            onFocusNext={focus}
          />
        ))}
      </div>
    </div>
  )
}

interface HeaderCellProps<Row> extends GridHeaderProps<Row> {
  readonly column: Column<Row>
  readonly index: number
  readonly isTabStop: boolean
  readonly onFocusNext: (index: number) => void
}

function HeaderCell<Row>(props: HeaderCellProps<Row>): ReactElement {
  const { column, index, sort, onSort, widths, onWidths, isTabStop, onFocusNext, onLeave, all } = props
  const { words } = useUi()
  const isSortable = onSort !== undefined && (column.isSortable === true || column.sortValue !== undefined)
  const direction = sort?.column === column.id ? sort.direction : undefined
  const resize = (width: number): void =>
    onWidths({ ...widths, [column.id]: Math.max(minWidthOf(column), Math.round(width)) })

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step !== undefined && event.altKey) resize(event.currentTarget.offsetWidth + step * widthStep)
    else if (step !== undefined) onFocusNext(index + step)
    else if (event.key === 'ArrowDown') onLeave()
    else if ((event.key === 'Enter' || event.key === ' ') && isSortable) onSort(column.id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      role="columnheader"
      aria-colindex={index + (all === undefined ? 1 : 2)}
      aria-sort={direction ?? (isSortable ? 'none' : undefined)}
      aria-description={words.columnKeys}
      data-header
      tabIndex={isTabStop ? 0 : -1}
      className={classes(
        styles['headCell'],
        styles[column.align ?? 'start'],
        isSortable && styles['sortable'],
      )}
      title={column.label}
      onClick={isSortable ? () => onSort(column.id) : undefined}
      onKeyDown={onKeyDown}
    >
      <span className={styles['headLabel']}>{column.label}</span>
      {direction !== undefined && <Icon icon={direction === 'ascending' ? ArrowUp : ArrowDown} size={12} />}
      <ColumnEdge onResize={resize} onReset={() => onWidths(without(widths, column.id))} />
    </div>
  )
}

function without(widths: ColumnWidths, id: string): ColumnWidths {
  return Object.fromEntries(Object.entries(widths).filter(([column]) => column !== id))
}

interface ColumnEdgeProps {
  readonly onResize: (width: number) => void
  readonly onReset: () => void
}

/** The edge that the mouse drags; double click gives the first width back. The keyboard's twin is on the header. */
function ColumnEdge({ onResize, onReset }: ColumnEdgeProps): ReactElement {
  const start = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined)
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    const cell = event.currentTarget.parentElement
    if (cell === null) return
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: cell.offsetWidth }
  }
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>): void => {
    if (start.current !== undefined) onResize(start.current.width + event.clientX - start.current.x)
  }
  return (
    <span
      aria-hidden
      className={styles['edge']}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={onReset}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = undefined
      }}
    />
  )
}
