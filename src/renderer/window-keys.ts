import { useEffect } from 'react'
import { mainViews } from './commands.ts'
import { isCommand, isDialogOpen } from './keys.ts'
import { go, goBack, goForward } from './navigation.ts'
import { dialogsStore, openDialog } from './stores/dialogs.ts'

/** The keys that work everywhere in the window, as long as no dialog is open: a dialog keeps what was typed into it. */
export function useWindowKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { dialog, login } = dialogsStore.getState()
      const isBusy = dialog !== undefined || login !== undefined || isDialogOpen()
      if (event.defaultPrevented || isBusy || !act(event)) return
      event.preventDefault()
    }
    // Buttons 3 and 4 are the "back" and "forward" of a mouse.
    const onMouseUp = ({ button }: MouseEvent): void => {
      if (isDialogOpen()) return
      if (button === 3) goBack()
      if (button === 4) goForward()
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('mouseup', onMouseUp)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('mouseup', onMouseUp)
    }
  }, [])
}

function act(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey } = event
  if (isCommand(event)) {
    const view = mainViews[Number(key) - 1]
    if (key === 'k') openDialog({ kind: 'palette' })
    else if (key === 'n') openDialog({ kind: 'add-device' })
    else if (view !== undefined) go({ view: view.view })
    else return false
    return true
  }
  if (!altKey || ctrlKey || metaKey) return false
  if (key === 'ArrowLeft') goBack()
  else if (key === 'ArrowRight') goForward()
  else return false
  return true
}
