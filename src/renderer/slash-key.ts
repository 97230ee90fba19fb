import { useEffect } from 'react'
import type { RefObject } from 'react'
import { isDialogOpen, isTyping } from './keys.ts'

/** `/` goes to the search of a view, as long as nothing is being typed and no dialog is open. */
export function useSlashKey(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isPlain = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
      if (!isPlain || isTyping(event) || isDialogOpen()) return
      event.preventDefault()
      search.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [search])
}
