import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EndpointProtector } from '../../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import {
  backUp,
  backups,
  browse,
  enter,
  gate,
  information,
  newPassword,
  outcome,
  password,
  practise,
  practisePair,
  untilEvent,
  user,
} from './practice.ts'

const eppb = '/system-maintenance/system-backup'

test('a migration brings users, entities and policies of the old server, and nothing else', async () => {
  const { old, replacement } = await practisePair()
  old.clientsCall('127.0.0.2')
  const { file, key } = await backUp(await enter(old))
  const browser = await enter(replacement, newPassword)
  await backUp(browser, 'On the new one')
  await browser.submit(eppb, { database: 'yes' })
  const own = {
    fingerprint: replacement.fingerprint,
    licence: replacement.licence(),
    disk: replacement.disk(),
  }
  expect(await outcome(browser.importBackup(file, key))).toBe(200)
  await untilEvent(replacement, 'restored')

  const migrated = replacement.content()
  expect(migrated.digest).toBe(old.content().digest)
  expect(migrated).toMatchObject({ users: ['root'], policies: ['Recipes stay inside', 'Customer numbers'] })
  expect(migrated.integrations.map(({ hasSecret }) => hasSecret)).toEqual([false, false])
  expect(replacement.lastSeen()).toEqual({ seen: 0, known: 5 })
  expect(replacement).toMatchObject({
    version: '2604.0.1.0',
    host: '127.0.0.3',
    fingerprint: own.fingerprint,
  })
  expect({ licence: replacement.licence(), disk: replacement.disk() }).toMatchObject({
    licence: own.licence,
    disk: own.disk,
  })
  expect(replacement.hasClientCommunication()).toBe(false)

  expect((await browser.open(backups)).path).toBe('/login')
  expect((await browser.logIn(user, newPassword)).text).toContain('Wrong username or password.')
  const after = await enter(replacement, password)
  const list = await after.open(backups)
  expect(list.text).toContain('Before the move nightly')
  expect(list.text).not.toContain('On the new one')
  expect((await after.open(eppb)).text).not.toContain('.eppb')
  expect(readdirSync(join(replacement.folder, 'backups'))).toHaveLength(1)
})

test('an import is first Generating, then queued or ready by version; then the console hangs and asks for a login', async () => {
  for (const [version, status] of [
    ['2604.0.1.0', 'Ready to download'],
    ['2608.0.0.1', 'Your back import file has been queued'],
  ] as const) {
    const steps = gate()
    const { old, replacement } = await practisePair({ replacement: { version, pace: steps.pace } })
    const { bytes, key } = await old.takeBackup({ name: 'Move' })
    const browser = await enter(replacement, newPassword)
    const first = await browser.importBackup(bytes, key)
    expect(first.body.toString('utf8')).toMatch(/<td style="color: red">Generating<\/td>/)
    expect((await browser.importBackup(bytes, key)).text).toContain('Another import is being processed.')
    steps.goOn()
    await steps.at('import-queued')
    expect((await browser.open(backups)).text).toContain(status)
    expect(replacement.content().computers).toEqual([])
    steps.goOn()
    await steps.at('restoring')
    let isAnswered = false
    const held = browse(replacement)
      .open('/login')
      .then((page) => {
        isAnswered = true
        return page
      })
    expect(await outcome(browse(replacement, 150).open('/login'))).toBe('no answer')
    expect(isAnswered).toBe(false)
    steps.goOn()
    expect((await held).status).toBe(200)
    expect((await browser.open(information)).path).toBe('/login')
    expect((await (await enter(replacement)).open(backups)).text).toContain(status)
  }
})

test('the words after Generating can be those of the other guide', async () => {
  const importedStatus = 'Your back import file has been queued'
  const { old, replacement } = await practisePair({ replacement: { importedStatus } })
  const { bytes, key } = await old.takeBackup({ name: 'Move' })
  await (await enter(replacement, newPassword)).importBackup(bytes, key)
  await untilEvent(replacement, 'restored')
  expect((await (await enter(replacement)).open(backups)).text).toContain(importedStatus)
})

/** What the console answers to an import that must not change anything. */
async function refusalOf(device: EndpointProtector, file: Buffer, key: string, secret = newPassword) {
  const before = device.content()
  const browser = await enter(device, secret)
  const page = await browser.importBackup(file, key)
  expect(page.status).toBe(200)
  expect(device.content()).toEqual(before)
  expect(device.events().at(-1)).toMatchObject({ event: 'import-refused' })
  expect((await browser.open(information)).path).toBe(information)
  return page.text
}

test('a wrong key, a lost character of it, a damaged file and an .eppb are refused', async () => {
  const { old, replacement } = await practisePair()
  const { bytes, key } = await old.takeBackup({ name: 'Move' })
  const sentence = 'The backup file cannot be opened with this System Backup Key.'
  expect(await refusalOf(replacement, bytes, 'wrong')).toContain(sentence)
  expect(await refusalOf(replacement, bytes, key.slice(0, -1))).toContain(sentence)
  expect(await refusalOf(replacement, bytes, '')).toContain(sentence)
  const damaged = Buffer.from(bytes)
  damaged[100]! ^= 1
  expect(await refusalOf(replacement, damaged, key)).toContain(sentence)
  expect(await refusalOf(replacement, bytes.subarray(0, -1), key)).toContain(sentence)
  expect(await refusalOf(replacement, Buffer.from('EPPB\n{}\n'), key)).toContain(sentence)
  expect(await refusalOf(replacement, Buffer.alloc(0), key)).toContain('Choose the backup file first.')
})

test('a file of just the limit is taken and one byte more is not', async () => {
  const old = await practise({ payloadBytes: 50_000 })
  const { bytes, key } = await old.takeBackup({ name: 'Large' })
  const small = await practise({ importLimitBytes: bytes.length - 1 })
  expect(await refusalOf(small, bytes, key, password)).toContain(
    `The server cannot process backup files larger than ${bytes.length - 1} bytes. Contact Customer Support.`,
  )
  const enough = await practise({ importLimitBytes: bytes.length })
  await (await enter(enough)).importBackup(bytes, key)
  await untilEvent(enough, 'restored')
})

test('the limit is 200 MB unless told otherwise', async () => {
  const device = await practise()
  const page = await refusalOf(device, Buffer.alloc(209_715_201), 'key', password)
  expect(page).toContain('larger than 209715200 bytes')
}, 60_000)

test('the guides decide which pairs of versions are taken', async () => {
  const downgrade = 'A downgrade is not supported.'
  const upgrade = 'Upgrade the old server to 5.9.4.2'
  const table: readonly (readonly [string, string, string | undefined])[] = [
    ['5.6.0.0', '2604.0.1.0', 'older than 5.7.0.0'],
    ['5.6.0.0', '2608.0.0.1', 'older than 5.7.0.0'],
    ['5.7.0.0', '2604.0.1.0', upgrade],
    ['5.9.4.1', '2608.0.0.1', upgrade],
    ['5.9.4.3', '2604.0.1.0', upgrade],
    ['5.9.4.2', '2604.0.1.0', undefined],
    ['5.9.4.2', '2608.0.0.1', undefined],
    ['2509', '2604.0.1.0', undefined],
    ['2602.0.0.0', '2608.0.0.1', undefined],
    ['2604.0.1.0', '2604.0.1.0', undefined],
    ['2604.0.1.0', '2602.0.0.0', downgrade],
    ['2608.0.0.1', '2604.0.1.0', downgrade],
    ['2509', '5.9.4.2', downgrade],
    ['5.9.4.2', '5.9.4.1', downgrade],
    ['5.9.4.1', '5.9.4.2', undefined],
    ['5.9.4.2', '5.9.4.2', undefined],
    ['5.2.0.6', '5.2.0.6', 'higher than 5.2.0.6'],
  ]
  for (const [source, target, sentence] of table) {
    const { old, replacement } = await practisePair({
      old: { version: source },
      replacement: { version: target },
    })
    const { bytes, key } = await old.takeBackup({ name: 'Move' })
    if (sentence !== undefined) {
      expect(await refusalOf(replacement, bytes, key)).toContain(sentence)
    } else {
      await (await enter(replacement, newPassword)).importBackup(bytes, key)
      await untilEvent(replacement, 'restored')
      expect(replacement.content().digest).toBe(old.content().digest)
    }
    await Promise.all([old.stop(), replacement.stop()])
  }
}, 60_000)

test('a backup can be restored on the server that it was made on', async () => {
  const device = await practise()
  const { bytes, key } = await device.takeBackup({ name: 'Same' })
  const before = device.content()
  device.edit(({ content }) => ({ content: { ...content, policies: [] } }))
  expect(device.content().policies).toEqual([])
  await (await enter(device)).importBackup(bytes, key)
  await untilEvent(device, 'restored')
  expect(device.content().digest).toBe(before.digest)
})

test('HTTP 500 at the import leaves open whether it is carried out', async () => {
  for (const isCarriedOut of [false, true]) {
    const { old, replacement } = await practisePair()
    const { bytes, key } = await old.takeBackup({ name: 'Move' })
    const browser = await enter(replacement, newPassword)
    replacement.inject({ effect: 'import-http-500', isCarriedOut })
    expect(await outcome(browser.importBackup(bytes, key))).toBe(500)
    if (isCarriedOut) await untilEvent(replacement, 'restored')
    else expect(replacement.content().computers).toEqual([])
    expect(replacement.log().filter(({ status }) => status === 500)).toHaveLength(1)
  }
})
