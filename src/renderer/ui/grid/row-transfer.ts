import { useEffect, useState } from 'react'
import type { DragEvent } from 'react'
import type { Verdict } from '../../../shared/model/finding.ts'

/** Makes rows draggable within the window. A drop has a menu twin: see `menu`. */
export interface RowDrag<Row> {
  /** Type of the payload, e.g. `application/x-ferrite-archive`. */
  readonly type: string
  /** The payload: an id, never a path. */
  readonly payload: (row: Row, selected: ReadonlySet<string>) => string
  /** Words under the pointer: the name of what is dragged. */
  readonly label: (row: Row, selected: ReadonlySet<string>) => string
  readonly onStart?: (row: Row, selected: ReadonlySet<string>) => void
  readonly onEnd?: () => void
}

/** What a drop on a row would mean, in words. */
export interface DropAnswer {
  readonly verdict: Verdict
  /** The verdict's word. */
  readonly label: string
  /** Why, in a few words. */
  readonly reason?: string | undefined
  /** Whether a drop does anything; it opens something filled in and never runs. */
  readonly accepts: boolean
}

/** Makes rows drop targets; while something fitting is dragged over the window, each row shows its answer. */
export interface RowDrop<Row> {
  /** Types of payload; `Files` for files from the desktop. */
  readonly types: readonly string[]
  readonly answer: (row: Row) => DropAnswer
  readonly onDrop: (row: Row, transfer: DataTransfer) => void
}

/** Whether a drag carries one of the types. Only the types can be read before the drop. */
export function carries(transfer: DataTransfer | null, types: readonly string[]): boolean {
  return transfer !== null && types.some((type) => transfer.types.includes(type))
}

/** Whether something of these types is being dragged over the window now. */
export function useDragSession(types: readonly string[]): boolean {
  const [isActive, setActive] = useState(false)
  const key = types.join(' ')
  useEffect(() => {
    if (key === '') return
    const wanted = key.split(' ')
    const enter = (event: globalThis.DragEvent): void => {
      if (carries(event.dataTransfer, wanted)) setActive(true)
    }
    const leave = (event: globalThis.DragEvent): void => {
      if (event.relatedTarget === null) setActive(false)
    }
    const end = (): void => setActive(false)
    document.addEventListener('dragenter', enter)
    document.addEventListener('dragleave', leave)
    document.addEventListener('dragend', end)
    document.addEventListener('drop', end, true)
    return () => {
      document.removeEventListener('dragenter', enter)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('dragend', end)
      document.removeEventListener('drop', end, true)
    }
  }, [key])
  return isActive
}

/** Puts words under the pointer instead of a picture of the whole row. */
export function showDragLabel(event: DragEvent, label: string, className: string): void {
  const element = document.createElement('div')
  element.textContent = label
  element.className = className
  document.body.append(element)
  event.dataTransfer.setDragImage(element, -12, -8)
  // The browser takes its picture when the event handler has returned.
  setTimeout(() => element.remove(), 0)
}
