import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { Palette } from './palette.tsx'
import { dialogsStore, type OpenDialog } from './stores/dialogs.ts'

/** The dialog that is open, from the feature that answers for it. */
export function Dialogs(): ReactElement {
  const { dialog } = useStore(dialogsStore)
  return <>{dialog !== undefined && <DialogOf dialog={dialog} />}</>
}

function DialogOf({ dialog }: { readonly dialog: OpenDialog }): ReactElement {
  switch (dialog.kind) {
    case 'palette':
      return <Palette />
    case 'add-device':
    case 'back-up':
    case 'changed-pin':
    case 'edit-device':
    case 'remove-devices':
      return <></>
  }
}
