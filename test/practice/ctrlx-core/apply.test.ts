import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ZipArchive } from 'archiver'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openArchive, readSetup } from './archive.ts'
import { apply, backUp, finishTask, password, practise, sendSetup, user } from './practice.ts'
import type { Json, TestClient } from './test-client.ts'

const service = '/setup/api/v1'
const secret = 'Archive-Secret-1'

function messages(task: Json, severity: string): string[] {
  return task.protocol.filter((line: Json) => line.severity === severity).map((line: Json) => line.message)
}

/** A zip of the same files but for those that `changes` replaces, removes (undefined) or adds. */
async function rezip(
  bytes: Buffer,
  changes: Readonly<Record<string, Buffer | string | undefined>>,
): Promise<Buffer> {
  const files = { ...Object.fromEntries(await openArchive(bytes)), ...changes }
  const zip = new ZipArchive()
  for (const [name, content] of Object.entries(files))
    if (content !== undefined) zip.append(content, { name })
  void zip.finalize()
  return buffer(zip)
}

async function change(client: TestClient): Promise<void> {
  await client.send('PUT', '/system/api/v1/hostname', { json: { hostname: 'changed' } })
}

test('a backup brings its device back to what it was', async () => {
  const { client, device } = await practise()
  const before = device.content()
  const { bytes } = await backUp(client, { $password: secret })
  await change(client)
  writeFileSync(join(device.folder, 'configurations/active/node-RED/flows.json'), '[]')
  expect(device.content().digest).not.toBe(before.digest)
  const task = await apply(client, bytes, { password: secret, mode: 'merge' })
  expect(task).toMatchObject({ state: 'done', progress: 100 })
  expect(messages(task, 'INFO')).toEqual(
    expect.arrayContaining([
      'Writing connectivity',
      'Writing configurations - loading active configuration',
      'Device restore finished',
    ]),
  )
  expect(messages(task, 'ERROR')).toEqual([])
  expect(device.content().digest).toBe(before.digest)
  expect(device.content().operatingState).toBe('OPERATING')
})

test('a setup with other apps installs them, and leaves the device in SERVICE', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  device.edit((state) => ({ apps: state.apps.filter(({ name }) => name !== 'rexroth-firewall') }))
  const task = await apply(client, bytes)
  expect(messages(task, 'INFO')).toEqual(
    expect.arrayContaining([
      'Switching to SETUP state',
      'Switching to SERVICE state',
      'Updating apps - installing "rexroth-firewall" succeeded',
      'Updating apps finished',
    ]),
  )
  expect(device.content().apps).toContainEqual({ name: 'rexroth-firewall', version: '4.6.0', enabled: true })
  expect(device.content().operatingState).toBe('SERVICE')
})

test('restore removes the apps that the setup lacks, merge keeps them', async () => {
  for (const mode of ['merge', 'restore'] as const) {
    const { client, device } = await practise()
    const { bytes } = await backUp(client)
    // The disabled app is in no backup, so a restore takes it away.
    const task = await apply(client, bytes, { mode })
    expect(task.state).toBe('done')
    const isThere = device.content().apps.some(({ name }) => name === 'rexroth-opcua-server')
    expect(isThere).toBe(mode === 'merge')
  }
})

test('a setup from another architecture ends as done, with an error for every app', async () => {
  const source = await practise({ model: 'X7', name: 'SOURCE' })
  const { bytes } = await backUp(source.client)
  const { client, device } = await practise({ model: 'X3', name: 'TARGET' })
  device.edit((state) => ({ apps: state.apps.filter(({ required }) => required) }))
  const task = await apply(client, bytes)
  expect(task.state).toBe('done')
  const errors = messages(task, 'ERROR')
  for (const app of ['rexroth-plc', 'rexroth-firewall', 'rexroth-node-red']) {
    expect(errors.filter((line) => line.includes(`"${app}"`) && line.includes('0C641132'))).toHaveLength(1)
  }
  expect(messages(task, 'WARNING').join()).toContain('CPU architecture mismatch')
  const [entry] = (await client.get(`${service}/history`)).historyEntries
  expect(entry).toMatchObject({ errorCount: errors.length, user, fileName: 'backup.zip' })
  expect(device.content().apps.filter(({ name }) => name === 'rexroth-plc')).toEqual([])
})

test('a setup from another system version leaves an error for each system app', async () => {
  const source = await practise({ profile: '4.4', model: 'X7', name: 'SOURCE' })
  const { bytes } = await backUp(source.client)
  const { client } = await practise({ profile: '4.6', model: 'X7', name: 'TARGET' })
  const task = await apply(client, bytes)
  expect(task.state).toBe('done')
  expect(messages(task, 'ERROR').join()).toContain(
    'installing "rexroth-deviceadmin" failed: App file not found',
  )
})

test('own certificates of another device are refused in two lines', async () => {
  const source = await practise({ name: 'SOURCE' })
  const { bytes } = await backUp(source.client, { $password: secret })
  const { client, device } = await practise({ name: 'TARGET' })
  const own = () => device.content().files['certificates/webserver/keys/own/device.key']
  const before = own()
  const task = await apply(client, bytes, { password: secret })
  expect(messages(task, 'ERROR')).toEqual([
    "certificateManagement: action 'delete' not allowed for device.hsm",
    "certificateManagement: action 'delete' not allowed for device.crt",
  ])
  expect(own()).toBe(before)
})

test('a wrong password fails the task and changes nothing', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client, { $password: secret })
  await change(client)
  const before = device.content().digest
  const task = await apply(client, bytes, { password: 'wrong' })
  expect(task).toMatchObject({ state: 'failed', error: 'Password is incorrect' })
  expect(device.content().digest).toBe(before)
  expect(device.content().history.at(-1)).toMatchObject({ errorCount: 1 })
})

test('a device can also refuse a wrong password at once', async () => {
  const { client } = await practise({ wrongPassword: 'refused' })
  const { bytes } = await backUp(client, { $password: secret })
  expect((await sendSetup(client, bytes, { password: 'wrong' })).status).toBe(400)
  expect((await apply(client, bytes, { password: secret })).state).toBe('done')
})

test('restored users log in with the passwords of the backup', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client, { $password: secret })
  device.edit((state) => ({ users: state.users.map((each) => ({ ...each, passwordHash: undefined })) }))
  expect((await client.logIn(user, password)).status).toBe(401)
  expect((await apply(client, bytes, { password: secret })).state).toBe('done')
  expect((await client.logIn(user, password)).status).toBe(201)
})

test('a user that comes without a password cannot log in, and the protocol says so', async () => {
  const source = await practise({ users: [{ user: 'service', password: 'Service-12345' }], name: 'SOURCE' })
  const { bytes } = await backUp(source.client)
  const { client } = await practise({ name: 'TARGET' })
  const task = await apply(client, bytes)
  expect(messages(task, 'WARNING')).toEqual(['User "service" has no password and cannot log in'])
  expect((await client.logIn('service', 'Service-12345')).status).toBe(401)
})

test('a zip with entries for folders fails the way it does on devices', async () => {
  const { client, device } = await practise()
  const before = device.content().digest
  const zip = new ZipArchive()
  zip.append('{}', { name: 'ctrlx-setup.json' })
  zip.append('', { name: 'configurations/' })
  void zip.finalize()
  expect(await apply(client, await buffer(zip))).toMatchObject({
    state: 'failed',
    error: 'Zip: write to directory',
  })
  expect(device.content().digest).toBe(before)
})

test('damaged, hostile and foreign files fail without changing the device', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  await change(client)
  const before = device.content().digest
  const flipped = Buffer.from(bytes)
  flipped[Math.floor(bytes.length / 2)]! ^= 1
  const unsafe = new ZipArchive()
  unsafe.append('{}', { name: 'ctrlx-setup.json' })
  void unsafe.finalize()
  const escaping = Buffer.from(
    (await buffer(unsafe))
      .toString('latin1')
      .replaceAll('ctrlx-setup.json', '../../evil2x.json'.slice(0, 16)),
    'latin1',
  )
  for (const damaged of [
    bytes.subarray(0, bytes.length - 100),
    flipped,
    escaping,
    Buffer.from('hello'),
    Buffer.from('{nonsense'),
  ]) {
    expect(await apply(client, damaged)).toMatchObject({ state: 'failed', error: expect.any(String) })
  }
  expect(await apply(client, await rezip(bytes, { 'ctrlx-setup.json': undefined }))).toMatchObject({
    state: 'failed',
    error: 'ctrlx-setup.json not found',
  })
  expect(device.content().digest).toBe(before)
})

test('the vendor’s rules about the form are kept', async () => {
  const { client } = await practise()
  const setup = { fileName: 'a.zip', type: 'application/zip', bytes: Buffer.from('PK') }
  const options = { fileName: 'o.json', type: 'application/json', bytes: Buffer.from('{}') }
  const post = (form: Json) => client.send('POST', `${service}/apply`, { form })
  expect((await post({ mode: 'merge' })).status).toBe(400)
  expect((await post({ setup, path: '/media/usb1/a.zip' })).status).toBe(400)
  expect((await post({ setup, options, mode: 'merge' })).status).toBe(400)
  expect((await post({ setup, mode: 'replace' })).status).toBe(400)
  expect((await post({ path: '/media/none/a.zip' })).status).toBe(400)
  expect((await post({ setup, options })).status).toBe(201)
})

test('a setup is applied from an external medium and stays there', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  mkdirSync(join(device.folder, 'media', 'usb1'))
  const file = join(device.folder, 'media', 'usb1', 'from-stick.zip')
  writeFileSync(file, bytes)
  const sent = await client.send('POST', `${service}/apply`, { form: { path: '/media/usb1/from-stick.zip' } })
  expect(await finishTask(client, sent.headers.location)).toMatchObject({ state: 'done' })
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('the uploaded file is gone after success since 4.4, and stays before', async () => {
  for (const profile of ['3.6', '4.4'] as const) {
    const { client } = await practise({ profile })
    const { bytes } = await backUp(client)
    await apply(client, bytes)
    const { setups } = await client.get(`${service}/setups`)
    expect(setups.some(({ fileName }: Json) => fileName === 'backup.zip')).toBe(profile === '3.6')
  }
})

test('history entries can be read and deleted one by one', async () => {
  const { client } = await practise()
  const { bytes } = await backUp(client)
  await apply(client, bytes)
  const { historyEntries } = await client.get(`${service}/history`)
  expect(historyEntries).toHaveLength(1)
  const { id } = historyEntries[0]
  expect(await client.get(`${service}/history/${id}`)).toMatchObject({ errorCount: 0, version: 'v1' })
  expect((await client.send('DELETE', `${service}/history/${id}`)).status).toBe(204)
  expect((await client.send('DELETE', `${service}/history/${id}`)).status).toBe(404)
  expect((await client.send('GET', `${service}/history/${id}`)).status).toBe(404)
})

test('a null in the setup removes an app, and a path is found whatever its case', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  const document = await readSetup(bytes)
  document.packageManagement.installedApps['rexroth-node-red'] = null
  const active = document.configurations.active
  active.$path = active.$path.toUpperCase()
  writeFileSync(join(device.folder, 'configurations/active/node-RED/flows.json'), '[]')
  const task = await apply(client, await rezip(bytes, { 'ctrlx-setup.json': JSON.stringify(document) }))
  expect(messages(task, 'INFO')).toContain('Writing configurations - loading active configuration')
  expect(device.content().apps.some(({ name }) => name === 'rexroth-node-red')).toBe(false)
})

test('what was uploaded is what the device has, byte for byte', async () => {
  const source = await practise({ model: 'X7', name: 'SOURCE', payloadBytes: 300_000 })
  const { bytes } = await backUp(source.client)
  const { client, device } = await practise({ model: 'X7', name: 'TARGET' })
  await apply(client, bytes)
  const trace = (await openArchive(bytes)).get('configurations/active/plc/recordings/trace.bin')!
  expect(device.content().files['active/plc/recordings/trace.bin']).toBe(
    createHash('sha256').update(trace).digest('hex'),
  )
})

test('only full access may apply', async () => {
  const operator = { user: 'operator', password: 'Operator-1234', permissions: [] }
  const { client, device } = await practise({ users: [operator] })
  const { bytes } = await backUp(client)
  await client.logIn(operator.user, operator.password)
  const before = device.content().digest
  expect((await sendSetup(client, bytes)).status).toBe(403)
  client.token = undefined
  expect((await sendSetup(client, bytes)).status).toBe(401)
  expect(device.content().digest).toBe(before)
})
