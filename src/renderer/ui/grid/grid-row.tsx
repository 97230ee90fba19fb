import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { CSSProperties, DragEvent, ReactElement } from 'react'
import { classes } from '../classes.ts'
import { VerdictBadge } from '../feedback/verdict-badge.tsx'
import { Icon } from '../icon.tsx'
import { useUi } from '../ui-provider.tsx'
import type { Column } from './column.ts'
import type { GridProps } from './grid-props.ts'
import styles from './grid.module.css'
import { RowCheckMark } from './row-check-mark.tsx'
import { carries, showDragLabel } from './row-transfer.ts'
import type { DropAnswer } from './row-transfer.ts'
import type { GridControl } from './use-grid.ts'

interface GridRowProps<Row> {
  readonly row: Row | undefined
  readonly index: number
  readonly props: GridProps<Row>
  readonly control: GridControl<Row>
  readonly rowHeight: number
  /** Something that fits the grid's drop types is being dragged over the window. */
  readonly isDropPending: boolean
}

/** One row. A row that is not loaded yet keeps its place. */
export function GridRow<Row>(row: GridRowProps<Row>): ReactElement {
  const { index, props, control, rowHeight } = row
  const style: CSSProperties = { insetBlockStart: control.window.offset(index), blockSize: rowHeight }
  if (row.row === undefined) return <MissingRow index={index} columns={props.columns.length} style={style} />
  return <LoadedRow {...row} row={row.row} style={style} />
}

function LoadedRow<Row>(
  given: GridRowProps<Row> & { readonly row: Row; readonly style: CSSProperties },
): ReactElement {
  const { row, index, props, control, style, isDropPending } = given
  const isSelected = control.selected.has(props.rowId(row))
  const expanded = props.tree?.isExpanded(row)
  const [isOver, setOver] = useState(false)
  const answer = isDropPending ? props.drop?.answer(row) : undefined
  return (
    <div
      role="row"
      id={control.rowDomId(index)}
      aria-rowindex={index + 2}
      aria-selected={
        props.selectionMode === undefined || props.selectionMode === 'none' ? undefined : isSelected
      }
      aria-level={props.tree?.level(row)}
      aria-expanded={expanded}
      className={classes(
        styles['row'],
        styles['bodyRow'],
        isSelected && styles['selected'],
        control.cursor === index && styles['cursor'],
        isOver && answer?.accepts === true && styles['over'],
      )}
      style={style}
      draggable={props.drag !== undefined || props.onDragOut !== undefined}
      onDragStart={(event) => startDrag(event, row, isSelected, given)}
      onDragEnd={() => props.drag?.onEnd?.()}
      {...dropHandlers(given, answer, setOver)}
      onClick={(event) => control.press(index, event)}
      onDoubleClick={() => props.onOpen?.(row)}
      onContextMenu={(event) => {
        if (props.menu === undefined) return
        event.preventDefault()
        event.stopPropagation()
        control.openMenu(index, { x: event.clientX, y: event.clientY })
      }}
    >
      {props.selectionLook === 'checkbox' && (
        <CheckCell isSelected={isSelected} onToggle={() => control.go(index, 'toggle')} />
      )}
      {props.columns.map((column, position) => (
        <GridCell key={column.id} column={column} row={row} position={position} props={props} />
      ))}
      {answer !== undefined && <DropHint answer={answer} />}
    </div>
  )
}

function startDrag<Row>(
  event: DragEvent,
  row: Row,
  isSelected: boolean,
  { props, control, index }: GridRowProps<Row>,
): void {
  const selected = isSelected ? control.selected : new Set([props.rowId(row)])
  if (!isSelected) control.go(index, 'replace')
  if (props.drag === undefined || props.isDragOut?.(event) === true) {
    event.preventDefault()
    props.onDragOut?.(row, selected)
    return
  }
  event.dataTransfer.setData(props.drag.type, props.drag.payload(row, selected))
  event.dataTransfer.effectAllowed = 'copyLink'
  showDragLabel(event, props.drag.label(row, selected), styles['dragLabel'] ?? '')
  props.drag.onStart?.(row, selected)
}

function dropHandlers<Row>(
  { row, props }: GridRowProps<Row>,
  answer: DropAnswer | undefined,
  setOver: (isOver: boolean) => void,
): Partial<Record<'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>> {
  const { drop } = props
  if (drop === undefined || row === undefined) return {}
  return {
    onDragOver: (event) => {
      if (!carries(event.dataTransfer, drop.types)) return
      event.preventDefault()
      Object.assign(event.dataTransfer, {
        dropEffect: (answer ?? drop.answer(row)).accepts ? 'copy' : 'none',
      })
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      setOver(false)
      if (!carries(event.dataTransfer, drop.types) || !drop.answer(row).accepts) return
      event.preventDefault()
      drop.onDrop(row, event.dataTransfer)
    },
  }
}

interface GridCellProps<Row> {
  readonly column: Column<Row>
  readonly row: Row
  readonly position: number
  readonly props: GridProps<Row>
}

function GridCell<Row>({ column, row, position, props }: GridCellProps<Row>): ReactElement {
  const { tree, selectionLook } = props
  const content = column.render(row)
  const title = typeof content === 'string' ? content : column.text?.(row)
  const place = position + (selectionLook === 'checkbox' ? 2 : 1)
  const hasTwist = tree !== undefined && position === 0
  return (
    <div
      role={column.isRowHeader === true ? 'rowheader' : 'gridcell'}
      aria-colindex={place}
      style={{ gridColumn: place }}
      className={classes(
        styles['cell'],
        styles[column.align ?? 'start'],
        column.isMono === true && styles['mono'],
        column.isTabular === true && styles['tabular'],
        column.isRowHeader === true && styles['name'],
      )}
      title={title}
    >
      {hasTwist && <Twist row={row} tree={tree} />}
      {typeof content === 'string' ? <span className={styles['text']}>{content}</span> : content}
    </div>
  )
}

interface TwistProps<Row> {
  readonly row: Row
  readonly tree: NonNullable<GridProps<Row>['tree']>
}

/** Indentation and the triangle that the mouse clicks; the keyboard's twins are the arrow keys. */
function Twist<Row>({ row, tree }: TwistProps<Row>): ReactElement {
  const isExpanded = tree.isExpanded(row)
  return (
    <span
      aria-hidden
      className={classes(styles['twist'], isExpanded === true && styles['open'])}
      style={{ marginInlineStart: `${(tree.level(row) - 1) * 16}px` }}
      onClick={(event) => {
        if (isExpanded === undefined) return
        event.stopPropagation()
        tree.onToggle(row, !isExpanded)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {isExpanded !== undefined && <Icon icon={ChevronRight} size={14} />}
    </span>
  )
}

interface CheckCellProps {
  readonly isSelected: boolean
  readonly onToggle: () => void
}

/** `aria-selected` of the row says it; Space on the row is the keyboard's twin. */
function CheckCell({ isSelected, onToggle }: CheckCellProps): ReactElement {
  return (
    <div
      role="gridcell"
      aria-colindex={1}
      style={{ gridColumn: 1 }}
      className={styles['checkCell']}
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <RowCheckMark state={isSelected ? 'all' : 'none'} />
    </div>
  )
}

function DropHint({ answer }: { readonly answer: DropAnswer }): ReactElement {
  return (
    <div className={styles['hint']} data-accepts={answer.accepts}>
      <VerdictBadge verdict={answer.verdict} label={answer.label} />
      {answer.reason !== undefined && <span className={styles['text']}>{answer.reason}</span>}
    </div>
  )
}

interface MissingRowProps {
  readonly index: number
  readonly columns: number
  readonly style: CSSProperties
}

function MissingRow({ index, columns, style }: MissingRowProps): ReactElement {
  const { words } = useUi()
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className={classes(styles['row'], styles['bodyRow'], styles['missing'])}
      style={style}
    >
      <div role="gridcell" aria-colindex={1} aria-colspan={columns} className={styles['cell']}>
        {words.loadingRow}
      </div>
    </div>
  )
}
