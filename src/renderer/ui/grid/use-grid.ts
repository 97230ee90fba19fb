import { useCallback, useId, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { Point } from '../actions/context-menu.tsx'
import type { GridProps } from './grid-props.ts'
import { useRevealSelected } from './reveal-selected.ts'
import { useRowWindow } from './row-window.ts'
import type { RowWindow } from './row-window.ts'
import { findTyped, moveOf, select, selectAll } from './selection.ts'
import type { Rows, Selected, SelectionMove } from './selection.ts'

/** Letters typed within this time belong together. */
const typeAheadMs = 700

interface Cursor {
  readonly index: number
  readonly id: string | undefined
}

/** State and moves of a grid. */
export interface GridControl<Row> {
  readonly window: RowWindow
  /** Index of the row the keyboard is on; -1 without rows. */
  readonly cursor: number
  readonly selected: Selected
  readonly rowDomId: (index: number) => string
  readonly go: (index: number, move: SelectionMove) => void
  readonly press: (index: number, event: MouseEvent) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void
  /** The open context menu. */
  readonly menuAt: { readonly row: Row; readonly point: Point; readonly selected: Selected } | undefined
  readonly openMenu: (index: number, point: Point) => void
  readonly closeMenu: () => void
}

const nothing: Selected = new Set()

/** How the grid is laid out. */
export interface GridOptions {
  readonly rowHeight: number
  readonly headHeight: number
  readonly scroller: HTMLElement | null
}

/** Keeps cursor, selection and context menu of a grid. The selection is the parent's where it is given. */
export function useGrid<Row>(props: GridProps<Row>, options: GridOptions): GridControl<Row> {
  const { rowCount, rowAt, rowId, indexOf, selectionMode = 'none', onSelectionChange } = props
  const rows = useMemo<Rows<Row>>(() => ({ count: rowCount, at: rowAt, id: rowId }), [rowCount, rowAt, rowId])
  const [ownSelected, setOwnSelected] = useState<Selected>(nothing)
  const selected = props.selectedKeys ?? ownSelected
  const [kept, setCursor] = useState<Cursor | undefined>(undefined)
  const cursor = placeOf(kept ?? startOf(selected, indexOf), rows, indexOf)
  const [anchor, setAnchor] = useState(0)
  const [menuAt, setMenuAt] = useState<GridControl<Row>['menuAt']>(undefined)
  const window = useRowWindow({ count: rowCount, ...options })
  const domId = useId()
  const { reveal } = window
  useRevealSelected({ selected, indexOf, reveal, isReady: window.isMeasured })
  // What was selected elsewhere is where the arrow keys go on from.
  const [followed, setFollowed] = useState(selected)
  if (followed !== selected) {
    setFollowed(selected)
    const [id] = selected
    const index = id === undefined ? undefined : indexOf?.(id)
    if (selected.size === 1 && index !== undefined && kept?.id !== id) setCursor({ index, id })
  }

  const change = useCallback(
    (next: Selected) => {
      setOwnSelected(next)
      onSelectionChange?.(next)
    },
    [onSelectionChange],
  )

  const go = useCallback(
    (index: number, move: SelectionMove) => {
      const row = rows.at(index)
      setCursor({ index, id: row === undefined ? undefined : rows.id(row) })
      if (move !== 'extend') setAnchor(index)
      const next = select(rows, selected, { index, anchor, move, mode: selectionMode })
      if (next !== selected) change(next)
      reveal(index)
    },
    [rows, selected, anchor, selectionMode, change, reveal],
  )

  const press = useCallback(
    (index: number, event: MouseEvent) => {
      const isExtending = event.shiftKey && selectionMode === 'multiple'
      const isToggling = (event.ctrlKey || event.metaKey) && selectionMode === 'multiple'
      go(index, isExtending ? 'extend' : isToggling ? 'toggle' : 'replace')
    },
    [go, selectionMode],
  )

  const openMenu = useCallback(
    (index: number, point: Point) => {
      const row = rows.at(index)
      if (row === undefined) return
      const isSelected = selected.has(rows.id(row))
      go(index, isSelected ? 'move' : 'replace')
      setMenuAt({ row, point, selected: isSelected ? selected : new Set([rows.id(row)]) })
    },
    [rows, selected, go],
  )

  const onKeyDown = useGridKeys({ props, rows, cursor, selected, page: window.page, go, change })
  return {
    window,
    cursor,
    selected,
    rowDomId: useCallback((index: number) => `${domId}-row-${index}`, [domId]),
    go,
    press,
    onKeyDown,
    menuAt,
    openMenu,
    closeMenu: useCallback(() => setMenuAt(undefined), []),
  }
}

/** On coming back to a list, the cursor is where the selection is. */
function startOf(selected: Selected, indexOf: ((id: string) => number | undefined) | undefined): Cursor {
  const [id] = selected
  return { index: (id === undefined ? undefined : indexOf?.(id)) ?? 0, id }
}

/** The cursor stays on its row when rows move, and near its place when its row is gone. */
function placeOf<Row>(
  cursor: Cursor,
  rows: Rows<Row>,
  indexOf: ((id: string) => number | undefined) | undefined,
): number {
  if (rows.count === 0) return -1
  const index = Math.min(cursor.index, rows.count - 1)
  if (cursor.id === undefined) return index
  const row = rows.at(index)
  if (row !== undefined && rows.id(row) === cursor.id) return index
  return indexOf?.(cursor.id) ?? index
}

interface GridKeysOptions<Row> {
  readonly props: GridProps<Row>
  readonly rows: Rows<Row>
  readonly cursor: number
  readonly selected: Selected
  readonly page: number
  readonly go: (index: number, move: SelectionMove) => void
  readonly change: (selected: Selected) => void
}

function useGridKeys<Row>(options: GridKeysOptions<Row>): (event: KeyboardEvent<HTMLDivElement>) => void {
  const typed = useRef({ text: '', at: 0 })
  return (event) => {
    // Controls inside of cells and the header keep their own keys.
    if (event.target !== event.currentTarget || options.rows.count === 0) return
    const isUsed = navigate(event, options) || act(event, options) || typeAhead(event, options, typed.current)
    if (!isUsed) return
    event.preventDefault()
    event.stopPropagation()
  }
}

function navigate<Row>(event: KeyboardEvent, options: GridKeysOptions<Row>): boolean {
  const { props, rows, cursor, page, go, change } = options
  const { selectionMode = 'none', selectionLook = 'highlight', tree } = props
  const control = event.ctrlKey || event.metaKey
  if (control && event.key === 'a' && selectionMode === 'multiple') {
    if (props.onSelectAll === undefined) change(selectAll(rows))
    else props.onSelectAll()
    return true
  }
  if (tree !== undefined && !control && !event.altKey) {
    const row = rows.at(cursor)
    const to = row === undefined ? undefined : treeMove(event.key, row, cursor, rows, tree)
    if (to !== undefined) {
      if (to !== cursor) go(to, selectionLook === 'checkbox' ? 'move' : 'replace')
      return true
    }
  }
  if (event.altKey) return false
  const to = moveOf(event.key, cursor, rows.count, page)
  if (to === undefined) return false
  const isExtending = event.shiftKey && selectionMode === 'multiple'
  go(to, isExtending ? 'extend' : control || selectionLook === 'checkbox' ? 'move' : 'replace')
  return true
}

/** Right opens or goes in, Left closes or goes to the parent. Answers where the cursor goes. */
function treeMove<Row>(
  key: string,
  row: Row,
  cursor: number,
  rows: Rows<Row>,
  tree: NonNullable<GridProps<Row>['tree']>,
): number | undefined {
  const isExpanded = tree.isExpanded(row)
  if (key === 'ArrowRight') {
    if (isExpanded === true) return Math.min(rows.count - 1, cursor + 1)
    if (isExpanded === false) tree.onToggle(row, true)
    return cursor
  }
  if (key !== 'ArrowLeft') return undefined
  if (isExpanded === true) {
    tree.onToggle(row, false)
    return cursor
  }
  if (tree.parentOf !== undefined) return tree.parentOf(cursor) ?? cursor
  const level = tree.level(row)
  for (let index = cursor - 1; index >= 0; index -= 1) {
    const above = rows.at(index)
    if (above === undefined) return cursor
    if (tree.level(above) < level) return index
  }
  return cursor
}

function act<Row>(event: KeyboardEvent, options: GridKeysOptions<Row>): boolean {
  const { props, rows, cursor, selected, go } = options
  const row = rows.at(cursor)
  if (row === undefined || event.altKey) return false
  const control = event.ctrlKey || event.metaKey
  if (event.key === 'Enter' && props.onOpen !== undefined) {
    props.onOpen(row)
    return true
  }
  if (event.key === ' ') {
    const isPreview = !control && props.selectionLook !== 'checkbox'
    if (isPreview && props.onPreview !== undefined) props.onPreview(row)
    else go(cursor, props.selectionMode === 'multiple' ? 'toggle' : 'replace')
    return true
  }
  if (event.key === 'Delete' && props.onDelete !== undefined) {
    props.onDelete(selected.size === 0 ? new Set([rows.id(row)]) : selected)
    return true
  }
  return false
}

function typeAhead<Row>(
  event: KeyboardEvent,
  { props, rows, cursor, go }: GridKeysOptions<Row>,
  typed: { text: string; at: number },
): boolean {
  const isLetter = event.key.length === 1 && event.key !== '/' && event.key !== ' '
  if (props.rowText === undefined || !isLetter || event.ctrlKey || event.metaKey || event.altKey) return false
  const isGoingOn = event.timeStamp - typed.at < typeAheadMs && event.key !== typed.text
  typed.text = isGoingOn ? typed.text + event.key : event.key
  typed.at = event.timeStamp
  const found = findTyped(rows, props.rowText, typed.text, cursor)
  if (found === undefined) return false
  go(found, props.selectionLook === 'checkbox' ? 'move' : 'replace')
  return true
}
