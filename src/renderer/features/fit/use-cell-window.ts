import { useCallback, useLayoutEffect, useState } from 'react'
import type { CellRange } from './fit-cells.ts'

/** Edge of a cell, and height of a row, in CSS pixels. */
export const cellEdge = 28
/** Cells beyond every edge, so that a quick scroll shows no gap. */
const overscan = 2
/** Cells come and go this many at a time, so that most steps of a scroll draw nothing new. */
const atOnce = 4
/** Where layout gives no size (a hidden window), so that there is something to show at once. */
const assumed = { height: 480, width: 720 }

export interface CellWindowOptions {
  readonly rows: number
  readonly columns: number
  /** Height of the column names and width of the row names, which stay in sight. */
  readonly headHeight: number
  readonly nameWidth: number
  readonly scroller: HTMLElement | null
}

/** The cells in sight, and how to bring others there. */
export interface CellWindow extends CellRange {
  /** Whole rows, and whole columns, that fit. */
  readonly pageRows: number
  readonly reveal: (row: number, column: number) => void
}

/** Keeps which cells of a scrolled matrix are in sight; renders again only when others are. */
export function useCellWindow(options: CellWindowOptions): CellWindow {
  const { rows, columns, headHeight, nameWidth, scroller } = options
  const [range, setRange] = useState<CellRange>(() => rangeOf({ top: 0, left: 0, ...assumed }, options))
  const [pageRows, setPageRows] = useState(1)

  useLayoutEffect(() => {
    if (scroller === null) return
    const read = (): void => {
      const height = (scroller.clientHeight || assumed.height + headHeight) - headHeight
      const width = (scroller.clientWidth || assumed.width + nameWidth) - nameWidth
      const place = { top: scroller.scrollTop, left: scroller.scrollLeft, height, width }
      const next = rangeOf(place, { rows, columns })
      setRange((now) => (isSameRange(now, next) ? now : next))
      setPageRows(Math.max(1, Math.floor(height / cellEdge)))
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(scroller)
    scroller.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', read)
    }
  }, [scroller, rows, columns, headHeight, nameWidth])

  const reveal = useCallback(
    (row: number, column: number) => {
      if (scroller === null) return
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = scroller
      scroller.scrollTo({
        top: broughtIn(row, scrollTop, clientHeight - headHeight),
        left: broughtIn(column, scrollLeft, clientWidth - nameWidth),
      })
    },
    [scroller, headHeight, nameWidth],
  )
  return { ...range, pageRows, reveal }
}

interface Place {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

function rangeOf(
  { top, left, height, width }: Place,
  { rows, columns }: Pick<CellWindowOptions, 'rows' | 'columns'>,
): CellRange {
  return {
    firstRow: before(top),
    endRow: Math.min(rows, behind(top + height)),
    firstColumn: before(left),
    endColumn: Math.min(columns, behind(left + width)),
  }
}

function before(edge: number): number {
  const index = Math.floor(edge / cellEdge) - overscan
  return Math.max(0, Math.floor(index / atOnce) * atOnce)
}

function behind(edge: number): number {
  const index = Math.ceil(edge / cellEdge) + overscan
  return Math.ceil(index / atOnce) * atOnce
}

function isSameRange(a: CellRange, b: CellRange): boolean {
  return (
    a.firstRow === b.firstRow &&
    a.endRow === b.endRow &&
    a.firstColumn === b.firstColumn &&
    a.endColumn === b.endColumn
  )
}

/** Where to scroll so that a cell is in sight: nowhere where it is already. */
function broughtIn(index: number, scrolled: number, room: number): number {
  const start = index * cellEdge
  if (start < scrolled) return start
  return start + cellEdge > scrolled + room ? start + cellEdge - room : scrolled
}
