import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkSetupDocument } from '../../peers/openapi/setup-schema.ts'
import { findVendorFiles } from '../../peers/openapi/vendor-files.ts'
import { openArchive, readSetup } from './archive.ts'
import { backUp, finishTask, password, practise, until, user } from './practice.ts'

const service = '/setup/api/v1'
const secret = 'Archive-Secret-1'

test('a backup goes from pending through running to done, with progress that only grows', async () => {
  const { client } = await practise({ stepMs: 15 })
  const created = await client.send('POST', `${service}/create`, { json: {} })
  expect(created.status).toBe(201)
  expect(created.body).toHaveLength(0)
  const seen: { state: string; progress: number }[] = []
  await until(async () => {
    const { state, progress } = await client.get(service + created.headers.location!)
    seen.push({ state, progress })
    return state === 'done' ? true : undefined
  })
  expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['pending', 'running', 'done']))
  const progress = seen.map((each) => each.progress)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(progress.at(-1)).toBe(100)
})

test('the file is named by time and listed with its size', async () => {
  const { client } = await practise({ clock: () => Date.UTC(2026, 2, 28, 7, 27, 47) })
  const { name, bytes } = await backUp(client)
  expect(name).toBe('2026-03-28_07-27-47_ctrlx-setup.zip')
  const { setups } = await client.get(`${service}/setups`)
  expect(setups).toEqual([{ fileName: name, size: bytes.length, modified: expect.any(String) }])
})

test('a device keeps one file: the next backup replaces it, and a delete removes it', async () => {
  let now = Date.now()
  const { client } = await practise({ clock: () => now })
  const first = await backUp(client)
  now += 2_000
  const second = await backUp(client)
  expect((await client.send('GET', `${service}/setups/${first.name}`)).status).toBe(404)
  expect((await client.send('DELETE', `${service}/setups/${second.name}`)).status).toBe(204)
  expect((await client.send('DELETE', `${service}/setups/${second.name}`)).status).toBe(404)
  expect(await client.get(`${service}/setups`)).toEqual({ setups: [] })
})

test('the archive has the vendor’s layout and no entries for folders', async () => {
  const { client } = await practise({ model: 'X3' })
  const names = [...(await openArchive((await backUp(client, { $password: secret })).bytes)).keys()]
  expect(names).toEqual(
    expect.arrayContaining([
      'ctrlx-setup.json',
      'setup.v1.schema.json',
      'README.md',
      'packageManagement/installedApps/rexroth-plc-4.6.2.app',
      'configurations/active/configuration.json',
      'configurations/active/plc/run/linux-gcc-aarch64/data/Application.app',
      'configurations/archive/commissioning/configuration.json',
      'certificateManagement/webserver/keys/own/device.key.aes',
      'apps/rexroth-node-red/settings/credentials.bin.aes',
    ]),
  )
  expect(names.filter((name) => name.endsWith('/'))).toEqual([])
})

test('the JSON part says where the backup comes from and satisfies the vendor’s schema', async () => {
  const vendor = findVendorFiles()
  for (const model of ['X3', 'X7', 'virtual'] as const) {
    const { client, device } = await practise({ model, name: `PRESS-${model}` })
    const document = await readSetup((await backUp(client, { $password: secret })).bytes)
    expect(document.typePlate.SerialNumber).toBe(device.serialNumber)
    expect(document.systemInfo).toMatchObject({
      Architecture: model === 'X3' ? 'arm64' : 'x86-64',
      OsVersion: '24',
    })
    expect(document.packageManagement.installedApps['rexroth-deviceadmin'].version).toBe('4.6.0')
    if (vendor.found) expect(checkSetupDocument(vendor.folder, document)).toEqual([])
  }
})

test('disabled apps, the apps of hardware and system, and licences stay out', async () => {
  const { client } = await practise()
  const { bytes } = await backUp(client)
  const document = await readSetup(bytes)
  const apps = Object.keys(document.packageManagement.installedApps)
  expect(apps).toEqual(expect.arrayContaining(['rexroth-plc', 'rexroth-firewall', 'rexroth-node-red']))
  for (const left of [
    'rexroth-opcua-server',
    'rexroth-arch01-hw',
    'rexroth-arch01-kernel',
    'core24',
    'snapd',
  ]) {
    expect(apps).not.toContain(left)
  }
  expect(document.licenseManagement).toBeUndefined()
})

test('secrets are in a backup only with a password, and never in the clear', async () => {
  const { client } = await practise()
  const open = await openArchive((await backUp(client)).bytes)
  expect([...open.keys()].filter((name) => name.includes('/keys/') || name.endsWith('.aes'))).toEqual([])
  expect(open.get('ctrlx-setup.json')!.toString('utf8')).not.toContain('passwordHash')
  const sealed = await openArchive((await backUp(client, { $password: secret })).bytes)
  const key = sealed.get('certificateManagement/webserver/keys/own/device.key.aes')!
  expect(key.includes('practice key')).toBe(false)
  const document = JSON.parse(sealed.get('ctrlx-setup.json')!.toString('utf8'))
  expect(document.$passwordHash).not.toContain(secret)
  expect(document.identityManagement.users[user].passwordHash).not.toContain(password)
})

test('$content leaves out what it names, and deeper words win over higher ones', async () => {
  const { client } = await practise()
  const withoutApps = await backUp(client, { packageManagement: { $content: 'items' } })
  expect([...(await openArchive(withoutApps.bytes)).keys()].filter((name) => name.endsWith('.app'))).toEqual([
    'configurations/active/plc/run/linux-gcc-aarch64/data/Application.app',
  ])
  const onlyApps = await backUp(client, {
    $content: 'none',
    $format: 'zip',
    packageManagement: { $content: 'files' },
  })
  const document = await readSetup(onlyApps.bytes)
  expect(document.packageManagement.installedApps['rexroth-plc'].$path).toBeDefined()
  expect(document.configurations).toBeUndefined()
  expect(document.connectivity).toBeUndefined()
  const noArchive = await backUp(client, { configurations: { archive: { $content: 'none' } } })
  expect((await readSetup(noArchive.bytes)).configurations).toEqual({
    active: { name: 'appdata', $path: '/configurations/active' },
  })
})

test('a backup of settings only is a JSON document', async () => {
  const { client } = await practise()
  const { name, bytes } = await backUp(client, { $format: 'json' })
  expect(name).toMatch(/_ctrlx-setup\.json$/)
  const document = JSON.parse(bytes.toString('utf8'))
  expect(document.connectivity.ethernet.XF10).toBeDefined()
  expect(document.packageManagement.installedApps['rexroth-plc'].$path).toBeUndefined()
})

test('setupinfo is the JSON part without a file being made', async () => {
  const { client, device } = await practise()
  const document = await client.get(`${service}/setupinfo`)
  expect(document.system.hostname).toBe(device.content().hostname)
  expect(await client.get(`${service}/setups`)).toEqual({ setups: [] })
})

test('a second task is refused while one is running', async () => {
  const { client } = await practise({ stepMs: 30 })
  const first = await client.send('POST', `${service}/create`, { json: {} })
  const second = await client.send('POST', `${service}/create`, { json: {} })
  expect(second.status).toBe(409)
  expect(second.json()).toMatchObject({ detailedDiagnosisCode: '0C7A0206' })
  expect(await finishTask(client, first.headers.location)).toMatchObject({ state: 'done' })
})

test('creating changes nothing about the device', async () => {
  const { client, device } = await practise()
  const before = device.content()
  await backUp(client, { $password: secret })
  expect(device.content()).toEqual(before)
})

test('a body that makes no sense is refused', async () => {
  const { client } = await practise()
  expect((await client.send('POST', `${service}/create`, { json: { $format: 'aes-zip' } })).status).toBe(400)
})

test('a user without full access gets less into the file, and since 4.4 not the file', async () => {
  const operator = { user: 'operator', password: 'Operator-1234', permissions: ['networkmanager.all.r'] }
  for (const profile of ['3.6', '4.4'] as const) {
    const { client } = await practise({ profile, users: [operator] })
    const all = Object.keys(await client.get(`${service}/createoptions`))
    await client.logIn(operator.user, operator.password)
    const some = Object.keys(await client.get(`${service}/createoptions`))
    expect(all.filter((name) => !some.includes(name))).toEqual([
      'identityManagement',
      'certificateManagement',
      'apps',
    ])
    const created = await client.send('POST', `${service}/create`, { json: {} })
    expect(created.status).toBe(201)
    const name = await until(
      async () => (await client.get(`${service}/setups`)).setups[0]?.fileName as string | undefined,
    )
    const download = await client.send('GET', `${service}/setups/${name}`)
    expect(download.status).toBe(profile === '4.4' ? 403 : 200)
    if (profile === '4.4') {
      expect(download.json()).toMatchObject({
        detail: 'Forbidden (403)',
        detailedDiagnosisCode: '0C7A0204',
        moreInfo: { requiredPermissions: 'rexroth-device.all.rwx' },
      })
      const task = await client.get(service + created.headers.location!)
      expect(Object.keys(task)).toEqual(['id', 'state', 'progress'])
    } else {
      expect((await readSetup(download.body)).identityManagement).toBeUndefined()
    }
  }
})

test('without a login a 4.4 tells little about its tasks, and a 3.6 everything', async () => {
  for (const profile of ['3.6', '4.4'] as const) {
    const { client } = await practise({ profile })
    await backUp(client)
    client.token = undefined
    const [task] = await client.get(`${service}/tasks`)
    expect('protocol' in task).toBe(profile === '3.6')
  }
})

test('a backup can go to an external medium and is listed there', async () => {
  const { client, device } = await practise()
  mkdirSync(join(device.folder, 'media', 'usb1'))
  const created = await client.send('POST', `${service}/create?path=%2Fmedia%2Fusb1%2F`, { json: {} })
  const { fileName } = await finishTask(client, created.headers.location)
  expect(readdirSync(join(device.folder, 'media', 'usb1'))).toEqual([fileName])
  expect((await client.get(`${service}/setups?path=/media/usb1`)).setups).toHaveLength(1)
  expect((await client.get(`${service}/setups`)).setups).toHaveLength(0)
  expect((await client.send('GET', `${service}/setups/${fileName}?path=/media/usb1`)).status).toBe(200)
  expect((await client.send('GET', `${service}/setups?path=/etc`)).status).toBe(500)
  expect((await client.get('/storage/api/v1/media')).at(-1)).toMatchObject({ mountPoint: '/media/usb1' })
})

test('a file can be put on the device in place of its own', async () => {
  const { client } = await practise()
  const { bytes } = await backUp(client)
  const headers = { 'content-type': 'application/zip' }
  expect((await client.send('PUT', `${service}/setups/other.zip`, { body: bytes, headers })).status).toBe(201)
  const { setups } = await client.get(`${service}/setups`)
  expect(setups).toMatchObject([{ fileName: 'other.zip', size: bytes.length }])
  const back = await client.send('GET', `${service}/setups/other.zip`)
  expect(back.body.equals(bytes)).toBe(true)
  expect((await client.send('PUT', `${service}/setups/..%2Fevil.zip`, { body: bytes, headers })).status).toBe(
    500,
  )
})
