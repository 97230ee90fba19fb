import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'

/** Chromium draws nothing beyond 2^25 px; from here on the scroll bar moves in larger steps. */
const tallest = 24_000_000
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
}

interface RowWindowOptions {
  readonly count: number
  readonly rowHeight: number
  /** Height of what stays at the top of the scrolled area. */
  readonly headHeight: number
  /** The scrolling element, once it is there. */
  readonly scroller: HTMLElement | null
}

/**
 * Which rows of one height are in sight of a scrolling scroller. Any number of rows: where they would be taller
 * than a browser can draw, positions are scaled.
 */
export function useRowWindow({ count, rowHeight, headHeight, scroller }: RowWindowOptions): RowWindow {
  const [view, setView] = useState({ top: 0, height: assumedViewport })

  useLayoutEffect(() => {
    if (scroller === null) return
    const read = (): void => {
      const height = scroller.clientHeight === 0 ? assumedViewport : scroller.clientHeight
      const top = scroller.scrollTop
      setView((last) => (last.top === top && last.height === height ? last : { top, height }))
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(scroller)
    scroller.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', read)
    }
  }, [scroller])

  const full = count * rowHeight
  const height = Math.min(full, tallest)
  const room = Math.max(1, view.height - headHeight)
  // 1 unless the rows are too tall: how many real pixels one pixel of the scroll bar stands for.
  const scale = full > height ? (full - room) / (height - room) : 1
  const realTop = view.top * scale
  const first = Math.max(0, Math.floor(realTop / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((realTop + room) / rowHeight) + overscan)
  const page = Math.max(1, Math.floor(room / rowHeight))

  const offset = useCallback(
    (index: number) => view.top + index * rowHeight - realTop,
    [view.top, rowHeight, realTop],
  )
  const reveal = useCallback(
    (index: number) => {
      if (scroller === null) return
      const top = scroller.scrollTop * scale
      const visible = Math.max(
        1,
        (scroller.clientHeight === 0 ? assumedViewport : scroller.clientHeight) - headHeight,
      )
      const rowTop = index * rowHeight
      if (rowTop < top) scroller.scrollTo({ top: rowTop / scale })
      else if (rowTop + rowHeight > top + visible)
        scroller.scrollTo({ top: (rowTop + rowHeight - visible) / scale })
    },
    [scroller, scale, rowHeight, headHeight],
  )
  return useMemo(
    () => ({ first, end, height, offset, page, reveal }),
    [first, end, height, offset, page, reveal],
  )
}

/** Tells when other rows came into sight, e.g. to load them. */
export function useRowsShown(
  { first, end }: RowWindow,
  onRowsShown: ((first: number, end: number) => void) | undefined,
): void {
  useEffect(() => onRowsShown?.(first, end), [first, end, onRowsShown])
}
