import type { DeviceView } from '../../../shared/ipc/views.ts'
import { wantsPassword } from '../../../shared/model/family-login.ts'

/** Whether the password of a device is known, or none is wanted. */
export type LoginState = DeviceView['credentials'] | 'not-needed'

export function loginStateOf({ device, credentials }: DeviceView): LoginState {
  return credentials === 'none' && !wantsPassword(device) ? 'not-needed' : credentials
}
