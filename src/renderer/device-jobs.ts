import type { DeviceId } from '../shared/model/device.ts'
import { request } from './api.ts'
import { startWithLogin } from './login.ts'
import { showFailure } from './stores/messages.ts'

/** Starts to read what a device says it is; asks for the password where it is missing. */
export async function readIdentity(id: DeviceId): Promise<void> {
  const started = await startWithLogin(id, async () => await request('devices.probe', { id }))
  if (!started.ok && started.failure.code !== 'cancelled') showFailure(started.failure)
}
