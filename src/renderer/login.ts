import type { Failure, FailureCode } from '../shared/failure.ts'
import type { DeviceId } from '../shared/model/device.ts'
import { wantsPassword } from '../shared/model/family-login.ts'
import { fail, type Result } from '../shared/result.ts'
import { askForLogin } from './stores/dialogs.ts'
import { deviceOf } from './stores/devices.ts'

const loginFailures: readonly FailureCode[] = ['credentials-needed', 'login-refused', 'secret-unreadable']

/** True where another password may help. */
export function isLoginFailure({ code }: Failure): boolean {
  return loginFailures.includes(code)
}

/**
 * Does something that logs in to a device. Where the password is missing or refused, the person is asked for it and
 * it is done again, until it works, fails otherwise, or the person would rather not.
 */
export async function withLogin<T>(
  deviceId: DeviceId,
  attempt: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const result = await attempt()
  if (result.ok || !isLoginFailure(result.failure)) return result
  return (await askForLogin(deviceId, result.failure)) ? await withLogin(deviceId, attempt) : result
}

/**
 * Starts a job that logs in to a device; asks for the password first where none is known, because a job cannot ask.
 * Gives `cancelled` where the person would rather not.
 */
export async function startWithLogin<T>(
  deviceId: DeviceId,
  start: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const known = deviceOf(deviceId)
  const isReady = known?.credentials !== 'none' || !wantsPassword(known.device)
  if (isReady || (await askForLogin(deviceId, undefined))) return await withLogin(deviceId, start)
  return fail({ code: 'cancelled', phase: 'connecting' })
}
