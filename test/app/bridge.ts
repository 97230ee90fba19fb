import { expect, type Page } from 'playwright/test'
import type { FerriteApi } from '../../src/shared/ipc/api.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/ipc/contract.ts'
import type { DeviceId } from '../../src/shared/model/device.ts'
import type { JobId } from '../../src/shared/model/job.ts'
import type { ArchiveId } from '../../src/shared/model/record.ts'
import type { Result } from '../../src/shared/result.ts'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { Fleet, FleetItem } from '../../src/practice/fleet.ts'

const jobLimitMs = 30_000

/** Asks main over the window's own bridge; for what a test needs before the steps that it is about. */
export async function ask<N extends RequestName>(
  page: Page,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const answer = await page.evaluate(
    async (given) => {
      const { ferrite } = globalThis as unknown as { ferrite: FerriteApi }
      return await ferrite.request(given.name, given.input as never)
    },
    { name, input },
  )
  const result = answer as Result<RequestOutput<N>>
  if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** The device of a fleet with this name. */
export function itemOf(fleet: Fleet, name: string): FleetItem {
  const item = fleet.items.find((each) => each.name === name)
  if (item === undefined) throw new Error(`there is no ${name} in the fleet`)
  return item
}

/** Adds a device, gives its password and reads its identity. */
export async function addDevice(page: Page, item: FleetItem): Promise<DeviceId> {
  const { name, address, user, password } = item
  const family = item.family === 'linux-host' ? 'linux-host' : 'ctrlx-core'
  const draft = { family, name, address: hostOf(item), user } as const
  const { offerId } = await ask(page, 'devices.offer', draft)
  const { device } = await ask(page, 'devices.add', { draft, offerId, compared: true })
  await ask(page, 'credentials.give', { id: device.id, password, remember: false })
  await endOf(page, await ask(page, 'devices.probe', { id: device.id }))
  expect(address).toContain('127.0.0.1')
  return device.id
}

/** Moves a controller to another time zone, so that its next backup is not like the last one. */
export function moveToLisbon(device: CtrlxCore): void {
  device.edit(({ settings }) => ({
    settings: { ...settings, dateTime: { timezone: 'Europe/Lisbon', ntpServers: ['time.plant.local'] } },
  }))
}

/** Takes a backup of a device and gives its archive. */
export async function backUp(page: Page, id: DeviceId): Promise<ArchiveId> {
  const job = await endOf(page, await ask(page, 'backup.start', { id }))
  if (job.state.phase !== 'done' || job.state.result.kind !== 'archive')
    throw new Error('no archive came of it')
  return job.state.result.archiveId
}

/** Waits until a job has ended, and fails where it did not end well. */
export async function endOf(page: Page, id: JobId): Promise<RequestOutput<'jobs.list'>[number]> {
  const find = async (): Promise<RequestOutput<'jobs.list'>[number] | undefined> =>
    (await ask(page, 'jobs.list', undefined)).find((job) => job.id === id)
  const phase = async (): Promise<string | undefined> => (await find())?.state.phase
  await expect.poll(phase, { timeout: jobLimitMs }).toMatch(/done|failed|cancelled/)
  const job = await find()
  if (job?.state.phase !== 'done') throw new Error(`the job did not end well: ${JSON.stringify(job?.state)}`)
  return job
}

/** An address as a person types it: host and port. */
export function hostOf({ address }: FleetItem): string {
  const { hostname, port } = new URL(address)
  return `${hostname}:${port}`
}
