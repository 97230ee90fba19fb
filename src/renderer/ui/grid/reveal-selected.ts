import { useEffect, useRef } from 'react'
import type { Selected } from './selection.ts'

interface RevealSelectedOptions {
  readonly selected: Selected
  readonly indexOf: ((id: string) => number | undefined) | undefined
  readonly reveal: (index: number) => void
  /** False until there is something to scroll. */
  readonly isReady: boolean
}

/**
 * Brings a single selected row into sight when the selection is another one: on coming back to a list, and when it was
 * selected elsewhere. A row that is filtered out is shown when it appears; scrolling away from it is never undone.
 */
export function useRevealSelected({ selected, indexOf, reveal, isReady }: RevealSelectedOptions): void {
  const revealed = useRef<string | undefined>(undefined)
  const [only] = selected
  const id = selected.size === 1 ? only : undefined
  useEffect(() => {
    if (id === undefined) {
      revealed.current = undefined
      return
    }
    const index = indexOf?.(id)
    if (!isReady || index === undefined || revealed.current === id) return
    revealed.current = id
    reveal(index)
  }, [id, indexOf, reveal, isReady])
}
