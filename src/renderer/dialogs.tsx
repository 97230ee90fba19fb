import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { AddDeviceDialog } from './features/devices/adding/add-device-dialog.tsx'
import { BackUpDialog } from './features/devices/backing-up/back-up-dialog.tsx'
import { ChangedPinDialog } from './features/devices/changed-pin-dialog.tsx'
import { EditDeviceDialog } from './features/devices/edit-device-dialog.tsx'
import { MoveDeviceDialog } from './features/devices/move-device-dialog.tsx'
import { RemoveDevicesDialog } from './features/devices/remove-devices-dialog.tsx'
import { Palette } from './palette.tsx'
import { LoginDialog } from './parts/login-dialog.tsx'
import { dialogsStore, type OpenDialog } from './stores/dialogs.ts'
import { dismissGoodNews } from './stores/messages.ts'

/** The dialog that is open, from the feature that answers for it, and the question for a password over it. */
export function Dialogs(): ReactElement {
  const { dialog, login } = useStore(dialogsStore)
  const isOpen = dialog !== undefined || login !== undefined
  useEffect(() => {
    if (isOpen) dismissGoodNews()
  }, [isOpen])
  return (
    <>
      {dialog !== undefined && <DialogOf dialog={dialog} />}
      {login !== undefined && <LoginDialog key={login.deviceId} question={login} />}
    </>
  )
}

function DialogOf({ dialog }: { readonly dialog: OpenDialog }): ReactElement {
  switch (dialog.kind) {
    case 'palette':
      return <Palette />
    case 'add-device':
      return <AddDeviceDialog />
    case 'back-up':
      return <BackUpDialog deviceIds={dialog.deviceIds} />
    case 'changed-pin':
      return <ChangedPinDialog deviceId={dialog.deviceId} />
    case 'move-device':
      return <MoveDeviceDialog deviceId={dialog.deviceId} address={dialog.address} />
    case 'edit-device':
      return <EditDeviceDialog deviceId={dialog.deviceId} />
    case 'remove-devices':
      return <RemoveDevicesDialog deviceIds={dialog.deviceIds} />
  }
}
