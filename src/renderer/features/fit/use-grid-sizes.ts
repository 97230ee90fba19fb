import { useLayoutEffect, useState } from 'react'

/** What stays in sight while the cells scroll: the height of the column names and the width of the row names. */
export interface GridSizes {
  readonly headHeight: number
  readonly nameWidth: number
}

const large: GridSizes = { headHeight: 136, nameWidth: 288 }

/** Names take less where there is little room (a small window, or a page that is zoomed in), never most of it. */
export function useGridSizes(scroller: HTMLElement | null): GridSizes {
  const [sizes, setSizes] = useState(large)
  useLayoutEffect(() => {
    if (scroller === null) return
    const read = (): void => {
      const { clientWidth, clientHeight } = scroller
      if (clientWidth === 0 || clientHeight === 0) return
      const next = {
        headHeight: Math.round(Math.min(large.headHeight, Math.max(64, clientHeight * 0.4))),
        nameWidth: Math.round(Math.min(large.nameWidth, Math.max(120, clientWidth * 0.4))),
      }
      setSizes((now) => (now.headHeight === next.headHeight && now.nameWidth === next.nameWidth ? now : next))
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [scroller])
  return sizes
}
