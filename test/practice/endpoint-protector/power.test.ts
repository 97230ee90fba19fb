import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  backUp,
  backups,
  browse,
  enter,
  gate,
  information,
  newPassword,
  outcome,
  practise,
  practisePair,
  temporaryFolder,
  until,
  untilEvent,
} from './practice.ts'

test('a pair has two addresses, one port and two certificates', async () => {
  const { old, replacement, port } = await practisePair()
  expect(old.address).toBe(`https://127.0.0.2:${port}`)
  expect(replacement.address).toBe(`https://127.0.0.3:${port}`)
  expect(old.fingerprint).not.toBe(replacement.fingerprint)
})

test('the replacement takes over the address of the old appliance, and its clients with it', async () => {
  for (const certificateAfterRestore of ['own', 'restored'] as const) {
    const { old, replacement, port } = await practisePair({ replacement: { certificateAfterRestore } })
    const { file, key } = await backUp(await enter(old))
    const fingerprints = { own: replacement.fingerprint, restored: old.fingerprint }
    const importer = await enter(replacement, newPassword)
    await importer.importBackup(file, key)
    await untilEvent(replacement, 'restored')
    const shown = await until(async () => importer.open('/login').catch(() => undefined))
    expect(shown.fingerprint).toBe(fingerprints[certificateAfterRestore])
    expect(old.clientsCall('127.0.0.2')).toHaveLength(5)
    const address = old.address
    await old.powerOff()
    expect(await outcome(browse(old).open('/login'))).toBe('ECONNREFUSED')
    await replacement.moveTo('127.0.0.2')
    expect(replacement.address).toBe(address)
    const browser = await enter(replacement)
    expect((await browser.open(information)).text).toContain('IP address 127.0.0.2')
    const expected = fingerprints[certificateAfterRestore]
    expect((await browser.open(information)).fingerprint).toBe(expected)
    expect(replacement.fingerprint).toBe(expected)
    expect(replacement.clientsCall('127.0.0.2')).toEqual([])
    await browser.submit('/system-configuration/system-settings', { client_communication: 'enabled' })
    expect(replacement.clientsCall('127.0.0.2')).toHaveLength(5)
    expect(Number(new URL(replacement.address).port)).toBe(port)
  }
})

test('an address that is answered by another appliance cannot be taken, and the mover stays where it was', async () => {
  const { old, replacement } = await practisePair()
  const before = replacement.address
  await expect(replacement.moveTo('127.0.0.2')).rejects.toThrow('EADDRINUSE')
  expect(replacement.address).toBe(before)
  expect((await browse(replacement).open('/login')).fingerprint).toBe(replacement.fingerprint)
  await replacement.powerOff()
  await old.powerOff()
  await replacement.moveTo('127.0.0.2')
  await replacement.powerOn()
  await expect(old.powerOn()).rejects.toThrow('EADDRINUSE')
})

test('an old appliance that survives being switched off still answers at its address', async () => {
  const { old, replacement } = await practisePair()
  const takeBack = old.inject({ effect: 'survives-power-off' })
  await old.powerOff()
  expect((await browse(old).open('/login')).fingerprint).toBe(old.fingerprint)
  await expect(replacement.moveTo('127.0.0.2')).rejects.toThrow('EADDRINUSE')
  takeBack()
  await old.powerOff()
  await replacement.moveTo('127.0.0.2')
  expect((await browse(replacement).open('/login')).fingerprint).toBe(replacement.fingerprint)
})

test('an appliance started again on its folder is the same appliance at the same address', async () => {
  const folder = await temporaryFolder()
  const first = await practise({ folder })
  const { key, id, file } = await backUp(await enter(first))
  first.setDisk({ totalBytes: 100, freeBytes: 40 })
  await first.moveTo('127.0.0.4')
  const { fingerprint, address } = first
  await first.stop()
  const second = await practise({ folder, port: Number(new URL(address).port), version: '2604.0.1.0' })
  expect(second).toMatchObject({ fingerprint, address, version: '5.9.4.2' })
  expect(second.content()).toEqual(first.content())
  expect(second.disk()).toEqual({ totalBytes: 100, freeBytes: 40 })
  const browser = await enter(second)
  expect((await browser.open(`${backups}/download?id=${id}`)).body.equals(file)).toBe(true)
  await browser.importBackup(file, key)
  await untilEvent(second, 'restored')
  const numbers = readFileSync(join(folder, 'requests.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind !== 'arrived')
    .map(({ sequence }) => sequence as number)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('a migrated appliance is still that after a restart, with the certificate it took over', async () => {
  const { old, replacement } = await practisePair({ replacement: { certificateAfterRestore: 'restored' } })
  const { bytes, key } = await old.takeBackup({ name: 'Move' })
  await (await enter(replacement, newPassword)).importBackup(bytes, key)
  await untilEvent(replacement, 'restored')
  await replacement.stop()
  const again = await practise({ folder: replacement.folder, host: '127.0.0.3' })
  expect((await browse(again).open('/login')).fingerprint).toBe(old.fingerprint)
  expect(again.content().digest).toBe(old.content().digest)
  await enter(again)
})

test('power lost during an import leaves the old content and a failed row', async () => {
  for (const steps of [1, 2, 3]) {
    const held = gate()
    const { old, replacement } = await practisePair({ replacement: { pace: held.pace } })
    const { bytes, key } = await old.takeBackup({ name: 'Move' })
    const before = replacement.content()
    await (await enter(replacement, newPassword)).importBackup(bytes, key)
    for (const step of (['import-queued', 'restoring'] as const).slice(0, steps - 1)) {
      held.goOn()
      await held.at(step)
    }
    const waiting = outcome(browse(replacement).open('/login'))
    if (steps === 3) await until(async () => replacement.log().find(({ status }) => status === undefined))
    await replacement.powerOff()
    if (steps === 3) {
      expect(await waiting).toBe('ECONNRESET')
      expect(replacement.log().at(-1)).toMatchObject({ path: '/login', status: undefined })
    }
    await waiting
    await replacement.powerOn()
    expect(replacement.content()).toEqual(before)
    const browser = await enter(replacement, newPassword)
    const list = await browser.open(backups)
    expect(list.text).toContain('Failed')
    expect(list.text).not.toContain('Download')
  }
})

test('power lost while a backup is made leaves a failed row and ends the login', async () => {
  const steps = gate()
  const device = await practise({ pace: steps.pace })
  const { cookie } = await enter(device)
  const taking = device.takeBackup({ name: 'Slow' })
  taking.catch(() => undefined)
  await steps.at('making-backup')
  await device.powerOff()
  await expect(taking).rejects.toThrow('no such finished backup')
  await device.powerOn()
  const browser = browse(device)
  browser.cookie = cookie
  expect((await browser.open(backups)).path).toBe('/login')
  expect((await (await enter(device)).open(backups)).text).toContain('Failed')
})

test('a finished backup is pushed into a folder at once', async () => {
  const folder = await temporaryFolder()
  const device = await practise({ backupExtension: '' })
  expect(() => device.pushTo(folder)).toThrow('no such finished backup')
  await device.takeBackup({ name: 'First' })
  const { bytes, fileName } = await device.takeBackup({ name: 'Second' })
  const pushed = device.pushTo(folder)
  expect(pushed.path).toBe(join(folder, fileName))
  expect(readFileSync(pushed.path).equals(bytes)).toBe(true)
  expect(await pushed.finished).toBe('whole')
  const older = device.pushTo(folder, { kind: 'eppb' })
  expect(older.path).toMatch(/\.eppb$/)
  expect(statSync(older.path).size).toBe(older.sizeBytes)
})

test('a file that is pushed slowly grows until it is whole, and stays torn when the power goes', async () => {
  const folder = await temporaryFolder()
  const device = await practise({ payloadBytes: 10_000 })
  const { bytes, id } = await device.takeBackup({ name: 'Growing' })
  const pushed = device.pushTo(folder, { id, growing: { pieces: 5, everyMs: 20 } })
  const sizes = new Set([statSync(pushed.path).size])
  await until(async () => {
    sizes.add(statSync(pushed.path).size)
    return statSync(pushed.path).size === pushed.sizeBytes ? true : undefined
  })
  expect(sizes.size).toBeGreaterThan(2)
  expect(await pushed.finished).toBe('whole')
  expect(readFileSync(pushed.path).equals(bytes)).toBe(true)
  const torn = device.pushTo(await temporaryFolder(), { growing: { pieces: 2, everyMs: 60_000 } })
  await device.powerOff()
  expect(await torn.finished).toBe('torn')
  expect(statSync(torn.path).size).toBe(Math.ceil(bytes.length / 2))
})

test('stopping twice is stopping once', async () => {
  const device = await practise()
  await Promise.all([device.stop(), device.stop()])
  await device.stop()
  expect(await outcome(browse(device).open('/login'))).toBe('ECONNREFUSED')
})
