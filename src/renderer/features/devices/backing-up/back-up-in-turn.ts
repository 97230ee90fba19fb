import type { DeviceId } from '../../../../shared/model/device.ts'
import { request } from '../../../api.ts'
import { startWithLogin } from '../../../login.ts'
import { askForLogin } from '../../../stores/dialogs.ts'
import { deviceOf } from '../../../stores/devices.ts'
import { endOfJob } from '../../../stores/jobs.ts'
import { showFailure } from '../../../stores/messages.ts'

/** More at the same time make each slower: one network card, one disk. */
const atOnce = 4

/**
 * Backs devices up, four at a time. Passwords that are missing are asked for first, one after the other, so that the
 * rest runs without anybody beside it; a device whose password is not given is left out.
 */
export async function backUpInTurn(ids: readonly DeviceId[], note: string): Promise<void> {
  const waiting: DeviceId[] = []
  for (const id of ids) {
    const isKnown = deviceOf(id)?.credentials !== 'none'
    if (isKnown || (await askForLogin(id, undefined))) waiting.push(id)
  }
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await backUpOne(id, note)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function backUpOne(id: DeviceId, note: string): Promise<void> {
  const started = await startWithLogin(
    id,
    async () => await request('backup.start', { id, ...(note !== '' && { note }) }),
  )
  if (started.ok) await endOfJob(started.value)
  else if (started.failure.code !== 'cancelled') showFailure(started.failure)
}
