import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assumptions } from '../../../src/practice/endpoint-protector/assumptions.ts'
import { backUp, backups, browse, enter, gate, information, password, practise, user } from './practice.ts'

test('without a login every page leads to the login page, which tells no version', async () => {
  const device = await practise()
  const browser = browse(device)
  for (const path of ['/', '/dashboard', information, backups, '/no-such-page']) {
    const page = await browser.open(path)
    expect(page.path).toBe('/login')
    expect(page.text).not.toContain('5.9.4')
  }
  expect(device.log().at(0)).toMatchObject({ method: 'GET', path: '/', status: 303, user: undefined })
})

test('a wrong password opens nothing', async () => {
  const browser = browse(await practise())
  expect((await browser.logIn(user, 'wrong')).text).toContain('Wrong username or password.')
  expect((await browser.logIn('nobody', password)).text).toContain('Wrong username or password.')
  expect(browser.cookie).toBeUndefined()
})

test('the login opens the console until the log out', async () => {
  const device = await practise()
  const browser = await enter(device)
  expect((await browser.open(information)).path).toBe(information)
  expect((await browser.open('/no-such-page')).status).toBe(404)
  await browser.submit('/logout', {})
  expect((await browser.open(information)).path).toBe('/login')
})

test('every version stands in Server Information and in the lower right corner', async () => {
  for (const version of ['5.2.0.7', '5.9.4.2', '2604.0.1.0', '2608.0.0.1']) {
    const device = await practise({ version })
    expect(device.version).toBe(version)
    const browser = await enter(device)
    expect((await browser.open(information)).text).toContain(`Server version ${version}`)
    expect((await browser.open('/dashboard')).text).toMatch(new RegExp(`Version ${version}$`))
  }
})

test('an appliance that was started with no version is refused', async () => {
  await expect(practise({ version: 'new' })).rejects.toThrow('is no version')
})

test('the certificate on the line is the one that is announced', async () => {
  const device = await practise()
  expect((await browse(device).open('/login')).fingerprint).toBe(device.fingerprint)
})

test('Server Information shows the free disk', async () => {
  const device = await practise()
  device.setDisk({ totalBytes: 200_000, freeBytes: 50_000 })
  const { text } = await (await enter(device)).open(information)
  expect(text).toContain('Disk free 50000 bytes (25 %)')
  expect(device.disk()).toEqual({ totalBytes: 200_000, freeBytes: 50_000 })
})

test('clients are seen where their address is served and their communication is on', async () => {
  const device = await practise()
  const browser = await enter(device)
  const settings = '/system-configuration/system-settings'
  expect((await browser.open(settings)).text).toContain('Client communication: enabled')
  await browser.submit(settings, { client_communication: 'disabled' })
  expect(device.hasClientCommunication()).toBe(false)
  expect(device.clientsCall('127.0.0.1')).toEqual([])
  expect(device.lastSeen()).toEqual({ seen: 0, known: 5 })
  await browser.submit(settings, { client_communication: 'enabled' })
  expect(device.clientsCall('127.0.0.9')).toEqual([])
  expect(device.clientsCall('127.0.0.1')).toHaveLength(5)
  expect(device.lastSeen()).toEqual({ seen: 5, known: 5 })
  const { text } = await browser.open('/device-control/computers')
  expect(text).toMatch(/PRESS-7-HMI 5\.9\.4\.3 \d{4}-\d\d-\d\dT/)
  await device.powerOff()
  expect(device.clientsCall('127.0.0.1')).toEqual([])
})

test('the licence is none, a trial, or one with ELS for PHP', async () => {
  const device = await practise({ content: 'empty', version: '2604.0.1.0' })
  const browser = await enter(device)
  const licensing = '/system-configuration/system-licensing'
  expect((await browser.open(licensing)).text).toContain('No licence')
  expect((await browser.submit(licensing, { trial: 'yes' })).text).toContain('Free trial')
  const licensed = await browser.submit(licensing, { licence: 'modules: php_els' })
  expect(licensed.text).toContain('ELS for PHP = Active')
  expect(device.licence()).toEqual({ kind: 'full', hasPhpEls: true })
})

test('a backup is made and downloaded, and its key is shown once and kept nowhere', async () => {
  const device = await practise()
  const browser = await enter(device)
  const { key, shown, download, id } = await backUp(browser, 'Before <the> move')
  expect(shown.text).toContain('System Backup Key of Before <the> move')
  expect(shown.text).toContain('Yes, I saved the System Backup Key')
  expect(key).toHaveLength(32)
  expect(download.headers['content-disposition']).toMatch(
    /filename="SystemBackupV2_Before-the-move_\w+\.backup"/,
  )
  expect(download.body.includes('PRESS-7-HMI')).toBe(false)
  expect(download.body.includes('5.9.4.2')).toBe(false)
  for (const path of [backups, '/dashboard', information]) {
    expect((await browser.open(path)).body.includes(key)).toBe(false)
  }
  expect((await browser.submit(`${backups}/key-saved`, { id })).body.includes(key)).toBe(false)
  expect((await browser.open(`${backups}/create`)).status).toBe(404)
  for (const file of ['appliance.json', 'requests.ndjson']) {
    expect(readFileSync(join(device.folder, file), 'utf8')).not.toContain(key)
  }
})

test('a key that nobody confirmed leaves no backup', async () => {
  const device = await practise()
  const browser = await enter(device)
  await browser.submit(`${backups}/create`, { name: 'Never', description: '' })
  expect((await browser.open(backups)).text).not.toContain('Never')
  expect((await browser.submit(`${backups}/create`, { name: ' ' })).text).toContain('Enter a name.')
})

test('a backup in progress cannot be downloaded or deleted yet', async () => {
  const steps = gate()
  const device = await practise({ pace: steps.pace })
  const browser = await enter(device)
  const taking = device.takeBackup({ name: 'Slow' })
  await steps.at('making-backup')
  const page = await browser.open(backups)
  expect(page.text).toContain('In progress')
  expect(page.text).not.toContain('Download')
  const id = /name="id" value="([^"]+)"/.exec(page.body.toString('utf8'))![1]!
  expect((await browser.open(`${backups}/download?id=${id}`)).status).toBe(404)
  await browser.submit(`${backups}/delete`, { id })
  steps.goOn()
  expect((await taking).bytes.length).toBeGreaterThan(100)
  expect((await browser.open(backups)).text).toContain('Ready to download')
})

test('a deleted backup is gone', async () => {
  const device = await practise()
  const browser = await enter(device)
  const { id } = await backUp(browser)
  expect((await browser.submit(`${backups}/delete`, { id })).text).not.toContain('Before the move')
  expect((await browser.open(`${backups}/download?id=${id}`)).status).toBe(404)
})

test('the older System Backup makes an .eppb of what was chosen, without a key', async () => {
  const device = await practise()
  const browser = await enter(device)
  const path = '/system-maintenance/system-backup'
  expect((await browser.submit(path, {})).text).toContain('Choose what to back up.')
  const page = await browser.submit(path, { database: 'yes' })
  expect(page.text).toContain('.eppb')
  const link = /href="(\/system-maintenance\/download\?id=\w+)"/.exec(page.body.toString('utf8'))![1]!
  const { body } = await browser.open(link)
  expect(body.toString('utf8')).toMatch(/^EPPB\n/)
  expect(body.includes('PRESS-7-HMI')).toBe(true)
})

test('every assumption has its reason and stands there once', () => {
  for (const { assumed, reason } of assumptions) expect([assumed, reason]).not.toContain('')
  expect(new Set(assumptions.map(({ assumed }) => assumed)).size).toBe(assumptions.length)
})
