import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'

/** Far down, Chromium rounds to whole pixels and then to two: from here on the scroll bar stands for more than it shows. */
const tallest = 8_000_000
/** Where layout gives no height (a hidden tab), so that there is something to show at once. */
const assumedViewport = 640
/** Rows beyond both edges, so that a quick scroll does not show gaps. */
const overscan = 6

/** The rows that are in sight. */
export interface RowWindow {
  readonly first: number
  /** Index after the last row. */
  readonly end: number
  /** Height of the scrolled area in CSS pixels. */
  readonly height: number
  /** Distance of a row from the top of that area. */
  readonly offset: (index: number) => number
  /** Whole rows that fit. */
  readonly page: number
  /** Scrolls as little as needed to have the row in sight. */
  readonly reveal: (index: number) => void
  /** Scrolls by that many rows. */
  readonly scrollRows: (rows: number) => void
  /** True once the height in sight was read; before that it is assumed. */
  readonly isMeasured: boolean
}

interface RowWindowOptions {
  readonly count: number
  readonly rowHeight: number
  /** Height of what stays at the top of the scrolled area. */
  readonly headHeight: number
  /** The scrolling element, once it is there. */
  readonly scroller: HTMLElement | null
}

/** How the scroll bar relates to the rows. All lengths in CSS pixels. */
interface Scale {
  /** Height of all rows, which may be more than can be drawn. */
  readonly full: number
  /** Height of the scrolled area. */
  readonly height: number
  /** How many pixels of rows one pixel of the scroll bar stands for; 1 unless the rows are too tall. */
  readonly ratio: number
  /** Height that is in sight. */
  readonly room: number
}

function scaleOf(count: number, rowHeight: number, room: number): Scale {
  const full = count * rowHeight
  const height = Math.min(full, tallest)
  return { full, height, room, ratio: full > height ? (full - room) / (height - room) : 1 }
}

/**
 * Which rows of one height are in sight of a scrolling element, for any number of rows.
 *
 * Where all rows together are taller than a browser can draw, the place among the rows is kept here and the scroll
 * bar follows it: the wheel and `reveal` move by real rows, dragging the bar jumps in proportion.
 */
export function useRowWindow({ count, rowHeight, headHeight, scroller }: RowWindowOptions): RowWindow {
  const [view, setView] = useState<View>({ bar: 0, top: 0, room: undefined })
  const { room = assumedViewport } = view
  const { full, height, ratio } = scaleOf(count, rowHeight, room)
  const last = Math.max(0, full - room)
  const top = Math.min(view.top, last)
  // What the handlers go by between two renderings.
  const newest = useRef(view)

  const show = useCallback((next: View) => {
    newest.current = next
    setView((now) => (now.bar === next.bar && now.top === next.top && now.room === next.room ? now : next))
  }, [])

  /** Goes to a place among the rows; the scroll bar is set to where that is. */
  const scrollTo = useCallback(
    (wanted: number) => {
      if (scroller === null) return
      const next = Math.min(last, Math.max(0, wanted))
      show({ top: next, bar: next / ratio, room: newest.current.room })
      scroller.scrollTo({ top: next / ratio })
    },
    [scroller, ratio, last, show],
  )

  useLayoutEffect(() => {
    if (scroller === null) return
    const read = (): void => {
      const visible = scroller.clientHeight === 0 ? assumedViewport : scroller.clientHeight
      show(viewOf(newest.current, scroller.scrollTop, Math.max(1, visible - headHeight), ratio, last))
    }
    const wheel = (event: WheelEvent): void => {
      if (event.deltaY === 0 || event.ctrlKey) return
      event.preventDefault()
      scroller.scrollBy({ left: event.deltaX })
      scrollTo(newest.current.top + event.deltaY)
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(scroller)
    scroller.addEventListener('scroll', read, { passive: true })
    if (ratio > 1) scroller.addEventListener('wheel', wheel, { passive: false })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', read)
      scroller.removeEventListener('wheel', wheel)
    }
  }, [scroller, headHeight, ratio, last, show, scrollTo])

  const reveal = useCallback(
    (index: number) => {
      const rowTop = index * rowHeight
      if (rowTop < top) scrollTo(rowTop)
      else if (rowTop + rowHeight > top + room) scrollTo(rowTop + rowHeight - room)
    },
    [scrollTo, rowHeight, top, room],
  )
  const scrollRows = useCallback(
    (rows: number) => scrollTo(top + rows * rowHeight),
    [scrollTo, top, rowHeight],
  )
  const offset = useCallback(
    (index: number) => (ratio > 1 ? view.bar + index * rowHeight - top : index * rowHeight),
    [ratio, view.bar, rowHeight, top],
  )
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((top + room) / rowHeight) + overscan)
  const page = Math.max(1, Math.floor(room / rowHeight))
  const isMeasured = view.room !== undefined
  return useMemo(
    () => ({ first, end, height, offset, page, reveal, scrollRows, isMeasured }),
    [first, end, height, offset, page, reveal, scrollRows, isMeasured],
  )
}

interface View {
  /** Where the scroll bar is. */
  readonly bar: number
  /** Where that is among the rows. */
  readonly top: number
  /** Height that is in sight; absent until it was read. */
  readonly room: number | undefined
}

/** The view after the scroll bar was read. A bar that is where it was put keeps the exact place among the rows. */
function viewOf(now: View, bar: number, room: number, ratio: number, last: number): View {
  const isWherePut = ratio > 1 && Math.abs(bar - now.bar) < 1.5
  return { bar, top: isWherePut ? now.top : Math.min(last, bar * ratio), room }
}

/** Tells when other rows came into sight, e.g. to load them. */
export function useRowsShown(
  { first, end }: RowWindow,
  onRowsShown: ((first: number, end: number) => void) | undefined,
): void {
  useEffect(() => onRowsShown?.(first, end), [first, end, onRowsShown])
}
