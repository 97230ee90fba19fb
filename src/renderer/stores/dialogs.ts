import { createStore } from 'zustand/vanilla'
import type { Failure } from '../../shared/failure.ts'
import type { DeviceId } from '../../shared/model/device.ts'

/** A dialog that any view may ask for; `app.tsx` knows which feature answers. One is open at a time. */
export type OpenDialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'add-device' }
  | { readonly kind: 'back-up'; readonly deviceIds: readonly DeviceId[] }
  | { readonly kind: 'changed-pin'; readonly deviceId: DeviceId }
  /** `address`: where the device is said to be now; empty where nobody said. */
  | { readonly kind: 'move-device'; readonly deviceId: DeviceId; readonly address: string }
  | { readonly kind: 'edit-device'; readonly deviceId: DeviceId }
  | { readonly kind: 'remove-devices'; readonly deviceIds: readonly DeviceId[] }

/** Asks for the password of a device, over whatever is open. */
export interface LoginQuestion {
  readonly deviceId: DeviceId
  /** Why it is asked for: the last attempt's failure. */
  readonly reason: Failure | undefined
  /** Called once: true where main has the password now. */
  readonly answer: (isGiven: boolean) => void
}

interface DialogsState {
  readonly dialog: OpenDialog | undefined
  readonly login: LoginQuestion | undefined
}

export const dialogsStore = createStore<DialogsState>(() => ({ dialog: undefined, login: undefined }))

export function openDialog(dialog: OpenDialog): void {
  dialogsStore.setState({ dialog })
}

export function closeDialog(): void {
  dialogsStore.setState({ dialog: undefined })
}

/** Asks the person for the password of a device. True where it was given; false where they would rather not. */
export async function askForLogin(deviceId: DeviceId, reason: Failure | undefined): Promise<boolean> {
  dialogsStore.getState().login?.answer(false)
  return await new Promise((resolve) => {
    const answer = (isGiven: boolean): void => {
      dialogsStore.setState({ login: undefined })
      resolve(isGiven)
    }
    dialogsStore.setState({ login: { deviceId, reason, answer } })
  })
}
