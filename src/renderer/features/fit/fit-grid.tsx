import { memo, useCallback, useEffect, useId, useMemo, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react'
import { useStore } from 'zustand'
import { go } from '../../navigation.ts'
import { devicesStore } from '../../stores/devices.ts'
import { cellAt, fitCells, wantCells } from './fit-cells.ts'
import { FitDetails, type ShownPair } from './fit-details.tsx'
import { deviceName } from './fit-names.ts'
import { FitRow } from './fit-row.tsx'
import type { FitSummary } from './fit-state.ts'
import styles from './fit.module.css'
import { moveOf, type CellPlace } from './move.ts'
import { useFitTexts } from './texts.ts'
import { cellEdge, useCellWindow, type CellWindow } from './use-cell-window.ts'
import { useGridSizes } from './use-grid-sizes.ts'

/**
 * Archives down, devices across. Only the cells in sight are in the page, so a thousand by a thousand cost what one
 * screen costs. The focus stays on the grid and `aria-activedescendant` names the cell, so that a cell which is
 * scrolled away takes no focus with it.
 */
export function FitGrid({ summary }: { readonly summary: FitSummary }): ReactElement {
  const texts = useFitTexts()
  const { archiveIds, deviceIds } = summary
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const { headHeight, nameWidth } = useGridSizes(scroller)
  const size = { rows: archiveIds.length, columns: deviceIds.length }
  const window = useCellWindow({ ...size, headHeight, nameWidth, scroller })
  const [kept, setActive] = useState<CellPlace>({ row: 0, column: 0 })
  const [isFocused, setFocused] = useState(false)
  const [pointed, setPointed] = useState<CellPlace | undefined>(undefined)
  const active = {
    row: Math.min(kept.row, size.rows - 1),
    column: Math.min(kept.column, size.columns - 1),
  }
  const gridId = useId()
  const domId = useCallback((row: number, column: number) => `${gridId}-${row}-${column}`, [gridId])
  useCellsInSight(summary, window)
  const columnNames = useColumnNames(summary, window)
  const isActiveInSight =
    active.row >= window.firstRow &&
    active.row < window.endRow &&
    active.column >= window.firstColumn &&
    active.column < window.endColumn

  const open = ({ row, column }: CellPlace): void => {
    const [archiveId, deviceId] = [archiveIds[row], deviceIds[column]]
    if (archiveId !== undefined && deviceId !== undefined) go({ view: 'restore', archiveId, deviceId })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    const to = moveOf(event, active, { ...size, pageRows: window.pageRows })
    if (to !== undefined) {
      setActive(to)
      setPointed(undefined)
      window.reveal(to.row, to.column)
    } else if (event.key === 'Enter') open(active)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = pointed ?? (isFocused ? active : undefined)

  return (
    <>
      <div
        role="grid"
        aria-label={texts.grid}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
        aria-activedescendant={isActiveInSight ? domId(active.row, active.column) : undefined}
        aria-description={texts.chooseKeys}
        tabIndex={0}
        ref={setScroller}
        className={styles['grid']}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onPointerMove={(event) => setPointed((now) => samePlace(now, placeOf(event)))}
        onPointerLeave={() => setPointed(undefined)}
        onClick={(event) => {
          const place = placeOf(event)
          if (place !== undefined) setActive(place)
        }}
        onDoubleClick={(event) => {
          const place = placeOf(event)
          if (place !== undefined) open(place)
        }}
      >
        <div
          className={styles['area']}
          style={{
            inlineSize: nameWidth + size.columns * cellEdge,
            blockSize: headHeight + size.rows * cellEdge,
          }}
        >
          <div role="rowgroup" className={styles['head']} style={{ blockSize: headHeight }}>
            <div role="row" aria-rowindex={1}>
              <div
                role="columnheader"
                aria-colindex={1}
                className={styles['corner']}
                style={{ inlineSize: nameWidth }}
              >
                {texts.corner}
              </div>
              {columnNames.map((name, step) => (
                <ColumnName
                  key={window.firstColumn + step}
                  name={name}
                  column={window.firstColumn + step}
                  nameWidth={nameWidth}
                />
              ))}
            </div>
          </div>
          <div role="rowgroup" className={styles['body']} style={{ insetBlockStart: headHeight }}>
            <Crosshair place={shown} nameWidth={nameWidth} />
            {archiveIds.slice(window.firstRow, window.endRow).map((archiveId, step) => {
              const row = window.firstRow + step
              return (
                <FitRow
                  key={archiveId}
                  archiveId={archiveId}
                  row={row}
                  firstColumn={window.firstColumn}
                  columnNames={columnNames}
                  nameWidth={nameWidth}
                  activeColumn={row === active.row ? active.column : undefined}
                  domId={domId}
                />
              )
            })}
          </div>
        </div>
      </div>
      <Details summary={summary} place={shown} />
    </>
  )
}

interface ColumnNameProps {
  readonly name: string
  readonly column: number
  readonly nameWidth: number
}

const ColumnName = memo(function ColumnName({ name, column, nameWidth }: ColumnNameProps): ReactElement {
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      className={styles['columnName']}
      style={{ insetInlineStart: nameWidth + column * cellEdge }}
      title={name}
    >
      <bdi className={styles['turned']}>{name}</bdi>
    </div>
  )
})

/** The row and the column of the cell that is shown, as stripes under the cells. */
function Crosshair({
  place,
  nameWidth,
}: {
  readonly place: CellPlace | undefined
  readonly nameWidth: number
}): ReactElement | null {
  if (place === undefined) return null
  return (
    <>
      <div aria-hidden className={styles['rowStripe']} style={{ insetBlockStart: place.row * cellEdge }} />
      <div
        aria-hidden
        className={styles['columnStripe']}
        style={{ insetInlineStart: nameWidth + place.column * cellEdge }}
      />
    </>
  )
}

interface DetailsProps {
  readonly summary: FitSummary
  readonly place: CellPlace | undefined
}

/** The details of what was shown last stay, so that a person can go to their button. */
function Details({ summary, place }: DetailsProps): ReactElement {
  const [last, setLast] = useState(place)
  if (place !== undefined && place !== last) setLast(place)
  const tiles = useStore(fitCells, (state) => state.tiles)
  const at = place ?? last
  const archiveId = at && summary.archiveIds[at.row]
  const deviceId = at && summary.deviceIds[at.column]
  const pair: ShownPair | undefined =
    at && archiveId !== undefined && deviceId !== undefined
      ? { archiveId, deviceId, cell: cellAt(tiles, at.row, at.column) }
      : undefined
  return <FitDetails pair={pair} />
}

function useCellsInSight(summary: FitSummary, window: CellWindow): void {
  const { firstRow, endRow, firstColumn, endColumn } = window
  useEffect(
    () => wantCells(summary, { firstRow, endRow, firstColumn, endColumn }),
    [summary, firstRow, endRow, firstColumn, endColumn],
  )
}

/** The names of the columns in sight, read anew when the devices were loaded again. */
function useColumnNames(
  { deviceIds }: FitSummary,
  { firstColumn, endColumn }: CellWindow,
): readonly string[] {
  const known = useStore(devicesStore, ({ byId }) => byId)
  return useMemo(
    () => deviceIds.slice(firstColumn, endColumn).map((id) => deviceName(id, known)),
    [deviceIds, firstColumn, endColumn, known],
  )
}

function placeOf({ target }: PointerEvent | { readonly target: EventTarget }): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return cell === null
    ? undefined
    : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) }
}

/** The former object where the place is the same, so that nothing is rendered for a pixel. */
function samePlace(now: CellPlace | undefined, next: CellPlace | undefined): CellPlace | undefined {
  return now?.row === next?.row && now?.column === next?.column ? now : next
}
