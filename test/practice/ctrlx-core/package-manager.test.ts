import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeAppFile } from '../../../src/practice/ctrlx-core/app-file.ts'
import type { Json, TestClient } from './test-client.ts'
import { practise, temporaryFolder, until } from './practice.ts'

const service = '/package-manager/api/v1'

async function enterService(client: TestClient): Promise<void> {
  const json = { type: 'object', value: { state: 'SERVICE' } }
  await client.send('PUT', '/automation/api/v2/nodes/scheduler/admin/state', { json })
}

async function finish(client: TestClient, id: string): Promise<Json> {
  return until(async () => {
    const task = await client.get(`${service}/tasks/${id}`)
    return task.state === 'done' || task.state === 'failed' ? task : undefined
  })
}

async function appFile(name: string, version: string, architecture: string): Promise<Buffer> {
  const path = join(await temporaryFolder(), 'file.app')
  const app = { name, version, architecture, title: name, vendor: 'test', description: '', base: 'core24' }
  await writeAppFile(path, app, 2_000)
  return readFileSync(path)
}

async function upload(client: TestClient, bytes: Buffer, fields: Readonly<Record<string, string>> = {}) {
  const file = { fileName: 'file.app', type: 'application/octet-stream', bytes }
  return client.send('POST', `${service}/packages`, { form: { ...fields, file } })
}

test('packages tell version, kind and whether they are enabled', async () => {
  const { client } = await practise()
  const packages = await client.get(`${service}/packages`)
  const find = (name: string) => packages.find((each: Json) => each.name === name)
  expect(find('rexroth-deviceadmin')).toMatchObject({
    appType: 'os',
    required: true,
    release: { version: '4.6.0' },
  })
  expect(find('rexroth-opcua-server')).toMatchObject({ appType: 'app', required: false, enabled: false })
  expect(await client.get(`${service}/packages/snap_rexroth-plc`)).toMatchObject({ enabled: true })
  expect((await client.send('GET', `${service}/packages/snap_none`)).status).toBe(404)
})

test('an app is disabled, enabled and uninstalled by tasks', async () => {
  const { client, device } = await practise()
  const run = async (action: string) => {
    const started = await client.send('POST', `${service}/tasks`, {
      json: { action, parameters: { id: 'snap_rexroth-firewall' } },
    })
    expect(started.status).toBe(201)
    return finish(client, started.json().id)
  }
  const enabled = () => device.content().apps.find(({ name }) => name === 'rexroth-firewall')?.enabled
  expect(await run('disable')).toMatchObject({ state: 'done' })
  expect(enabled()).toBe(false)
  expect(await run('enable')).toMatchObject({ state: 'done' })
  expect(enabled()).toBe(true)
  expect(await run('uninstall')).toMatchObject({ state: 'done' })
  expect(enabled()).toBeUndefined()
  expect(await client.get(`${service}/tasks`)).toHaveLength(3)
  expect((await client.send('GET', `${service}/tasks/none`)).status).toBe(404)
})

test('a system app cannot be uninstalled', async () => {
  const { client } = await practise()
  const refused = await client.send('POST', `${service}/tasks`, {
    json: { action: 'uninstall', parameters: { id: 'snap_rexroth-deviceadmin' } },
  })
  expect(refused.status).toBe(400)
})

test('an upload is refused outside SERVICE and accepted inside it', async () => {
  const { client, device } = await practise()
  const bytes = await appFile('customer-app', '1.2.3', 'arm64')
  const refused = await upload(client, bytes)
  expect(refused.status).toBe(409)
  expect(refused.json().dynamicDescription).toBe("system must be in state 'SERVICE'")
  await enterService(client)
  const taken = await upload(client, bytes)
  expect(taken.status).toBe(202)
  expect(await finish(client, taken.headers.location!.replace('/tasks/', ''))).toMatchObject({
    state: 'done',
  })
  expect(device.content().apps).toContainEqual({ name: 'customer-app', version: '1.2.3', enabled: true })
})

test('an app that is there already wants the word update', async () => {
  const { client } = await practise()
  await enterService(client)
  const bytes = await appFile('rexroth-firewall', '9.9.9', 'all')
  expect((await upload(client, bytes)).status).toBe(400)
  const taken = await upload(client, bytes, { update: 'true' })
  expect(await finish(client, taken.headers.location!.replace('/tasks/', ''))).toMatchObject({
    action: 'update',
    state: 'done',
  })
})

test('an app for another architecture and a damaged one end in failed tasks that change nothing', async () => {
  const { client, device } = await practise({ model: 'X3' })
  await enterService(client)
  const before = device.content().digest
  const cases = [
    { bytes: await appFile('customer-app', '1.0.0', 'amd64'), code: '0C641132' },
    { bytes: Buffer.from('no tar at all'), code: '0C641065' },
  ]
  for (const { bytes, code } of cases) {
    const taken = await upload(client, bytes)
    const task = await finish(client, taken.headers.location!.replace('/tasks/', ''))
    expect(task).toMatchObject({
      state: 'failed',
      result: { mainDiagnosisCode: '080F0810', detailedDiagnosisCode: code },
    })
  }
  expect(device.content().digest).toBe(before)
})

test('an app larger than the free space is refused for lack of it', async () => {
  const { client } = await practise({ freeBytes: 1_000 })
  await enterService(client)
  const refused = await upload(client, await appFile('customer-app', '1.0.0', 'arm64'))
  expect(refused.status).toBe(500)
  expect(refused.json()).toMatchObject({ mainDiagnosisCode: '080F0811', detailedDiagnosisCode: '0C641050' })
})

test('settings are kept and information is given', async () => {
  const { client } = await practise()
  expect((await client.send('PUT', `${service}/settings`, { json: { allowUnknownApps: true } })).status).toBe(
    204,
  )
  expect(await client.get(`${service}/settings`)).toEqual({ allowUnknownApps: true, purgeVersions: true })
  expect(await client.get(`${service}/information`)).toMatchObject({ remodelable: false })
})
