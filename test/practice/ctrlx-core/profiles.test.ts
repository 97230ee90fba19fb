import { expect, test } from 'vitest'
import type { ProfileId } from '../../../src/practice/ctrlx-core/profiles.ts'
import { profiles } from '../../../src/practice/ctrlx-core/profiles.ts'
import { readSetup } from './archive.ts'
import { apply, backUp, practise } from './practice.ts'

const service = '/setup/api/v1'
const all = Object.keys(profiles) as ProfileId[]

/** The statuses of one request by release. */
async function statuses(
  method: string,
  path: string,
  sent: Parameters<Awaited<ReturnType<typeof practise>>['client']['send']>[2] = {},
): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const profile of all) {
    const { client } = await practise({ profile })
    found[profile] = (await client.send(method, path, sent)).status
  }
  return found
}

test('the Setup API is there from 1.20 on, the legacy one up to 2.6', async () => {
  expect(await statuses('GET', `${service}/createoptions`)).toEqual({
    '1.12': 404,
    '1.20': 200,
    '2.6': 200,
    '3.6': 200,
    '4.4': 200,
    '4.6': 200,
  })
  expect(await statuses('GET', '/backup/api/v1/backups')).toEqual({
    '1.12': 200,
    '1.20': 200,
    '2.6': 200,
    '3.6': 404,
    '4.4': 404,
    '4.6': 404,
  })
})

test('setupinfo came with 2, uploads of backup files with 3, commissioning with 4.6', async () => {
  expect(await statuses('GET', `${service}/setupinfo`)).toEqual({
    '1.12': 404,
    '1.20': 404,
    '2.6': 200,
    '3.6': 200,
    '4.4': 200,
    '4.6': 200,
  })
  const put = { body: Buffer.from('PK'), headers: { 'content-type': 'application/zip' } }
  expect(await statuses('PUT', `${service}/setups/a.zip`, put)).toEqual({
    '1.12': 404,
    '1.20': 404,
    '2.6': 404,
    '3.6': 201,
    '4.4': 201,
    '4.6': 201,
  })
  expect(await statuses('GET', '/identity-manager/api/v2/setup/state')).toEqual({
    '1.12': 404,
    '1.20': 404,
    '2.6': 404,
    '3.6': 404,
    '4.4': 404,
    '4.6': 200,
  })
})

test('what the lists and the system information tell grows with the releases', async () => {
  const told: Record<string, { setup: string[]; info: string[] }> = {}
  for (const profile of all) {
    const { client } = await practise({ profile })
    const information = await client.get('/system/api/v1/info')
    if (profile !== '1.12') await backUp(client)
    const { setups } = profile === '1.12' ? { setups: [{}] } : await client.get(`${service}/setups`)
    told[profile] = {
      setup: Object.keys(setups[0]),
      info: ['installationId', 'ctrlxOsVersion'].filter((name) => name in information),
    }
  }
  const full = ['fileName', 'size', 'modified']
  expect(told).toEqual({
    '1.12': { setup: [], info: [] },
    '1.20': { setup: ['fileName'], info: [] },
    '2.6': { setup: ['fileName'], info: ['installationId'] },
    '3.6': { setup: full, info: ['installationId'] },
    '4.4': { setup: full, info: ['installationId', 'ctrlxOsVersion'] },
    '4.6': { setup: full, info: ['installationId', 'ctrlxOsVersion'] },
  })
})

test('the version of Device Admin tells the release where nothing else does', async () => {
  for (const profile of all) {
    const { client } = await practise({ profile })
    const admin = await client.get('/package-manager/api/v1/packages/snap_rexroth-deviceadmin')
    expect(admin.release.version.startsWith(`${profile}.`)).toBe(true)
  }
})

test('before 2.6 the mode of an apply is not known and everything is merged', async () => {
  for (const profile of ['1.20', '2.6'] as const) {
    const { client, device } = await practise({ profile })
    const { bytes } = await backUp(client)
    await apply(client, bytes, profile === '1.20' ? {} : { mode: 'restore' })
    const isThere = device.content().apps.some(({ name }) => name === 'rexroth-opcua-server')
    expect(isThere).toBe(profile === '1.20')
  }
})

test('1.20 takes $files where later releases take $content', async () => {
  const { client } = await practise({ profile: '1.20' })
  const { bytes } = await backUp(client, { packageManagement: { $files: 'exclude' } })
  const { installedApps } = (await readSetup(bytes)).packageManagement
  expect(installedApps['rexroth-plc'].$path).toBeUndefined()
})

test('system apps are listed in a backup from 3.6 on', async () => {
  for (const profile of ['2.6', '3.6'] as const) {
    const { client } = await practise({ profile })
    const { installedApps } = (await readSetup((await backUp(client)).bytes)).packageManagement
    expect('rexroth-deviceadmin' in installedApps).toBe(profile === '3.6')
  }
})

test('old releases switch the operating state in the older form too', async () => {
  const put = { json: { state: 'SERVICE' } }
  expect(await statuses('PUT', '/automation/api/v1/scheduler/admin/state?format=json', put)).toEqual({
    '1.12': 204,
    '1.20': 204,
    '2.6': 404,
    '3.6': 404,
    '4.4': 404,
    '4.6': 404,
  })
})
