import { useEffect, useState } from 'react'
import type { CSSProperties, KeyboardEvent, ReactElement } from 'react'
import { useRowWindow } from '../grid/row-window.ts'
import { useUi } from '../ui-provider.tsx'
import { hexLine } from './hex-line.ts'
import styles from './viewers.module.css'

const perRow = 16
const rowHeight = 20
const headHeight = 28

interface HexViewProps {
  /** Name of what is shown, e.g. the file's name. */
  readonly label: string
  /** Length of the whole in bytes. */
  readonly length: number
  /** The bytes of a range, or `undefined` while they are not loaded. */
  readonly bytesAt: (offset: number, length: number) => Uint8Array | undefined
  /** The range in sight changed, e.g. to load it. In bytes. */
  readonly onRangeShown?: ((offset: number, length: number) => void) | undefined
}

/** Bytes as hexadecimal and as text, sixteen to a line, of a file of any length. */
export function HexView({ label, length, bytesAt, onRangeShown }: HexViewProps): ReactElement {
  const { words } = useUi()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const count = Math.ceil(length / perRow)
  const { first, end, height, offset, page, scrollRows } = useRowWindow({
    count,
    rowHeight,
    headHeight,
    scroller,
  })
  const from = first * perRow
  const shown = Math.max(0, Math.min(length, end * perRow) - from)
  useEffect(() => onRangeShown?.(from, shown), [from, shown, onRangeShown])
  const onKeyDown = (event: KeyboardEvent): void => {
    const rows = rowsOf(event.key, page, count)
    if (rows === undefined || event.altKey || event.metaKey) return
    event.preventDefault()
    scrollRows(rows)
  }
  const digits = Math.max(8, length.toString(16).length)
  return (
    <div
      ref={setScroller}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      className={styles['hex']}
      onKeyDown={onKeyDown}
      style={{ '--digits': `${digits}ch` } as CSSProperties}
    >
      <div role="rowgroup" className={styles['hexHead']}>
        <div role="row" aria-rowindex={1} className={styles['hexRow']}>
          <span role="columnheader">{words.hexOffset}</span>
          <span role="columnheader">{words.hexBytes}</span>
          <span role="columnheader">{words.hexText}</span>
        </div>
      </div>
      <div role="rowgroup" className={styles['hexBody']} style={{ blockSize: height }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, step) => first + step).map((row) => {
          const start = row * perRow
          const bytes = bytesAt(start, Math.min(perRow, length - start))
          const { hex, text } = hexLine(bytes, perRow)
          return (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 2}
              className={styles['hexRow']}
              style={{ insetBlockStart: offset(row), blockSize: rowHeight }}
            >
              <span role="rowheader" className={styles['hexOffset']}>
                {start.toString(16).padStart(digits, '0')}
              </span>
              <span role="cell">{bytes === undefined ? words.loadingRow : hex}</span>
              <span role="cell" className={styles['hexText']}>
                {text}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** How far a key scrolls, in lines. The browser's own steps would leave lines out in a long file. */
function rowsOf(key: string, page: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    End: count,
    Home: -count,
  }
  return steps[key]
}
