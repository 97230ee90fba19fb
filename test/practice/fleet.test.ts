import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FleetOptions } from '../../src/practice/fleet.ts'
import { defaultFleet, startFleet } from '../../src/practice/fleet.ts'
import { TestClient } from './ctrlx-core/test-client.ts'

const two = defaultFleet.slice(0, 2)

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}

async function fleetFor(options: FleetOptions) {
  const fleet = await startFleet({ stepMs: 2, ...options })
  onTestFinished(async () => fleet.stop())
  return fleet
}

test('the default fleet has every model, and an X7 of another version', async () => {
  const { items } = await fleetFor({ folder: await temporaryFolder() })
  expect(items.map(({ name }) => name)).toEqual(defaultFleet.map(({ name }) => name))
  expect(new Set(items.map(({ address }) => address)).size).toBe(items.length)
  expect(new Set(items.map(({ fingerprint }) => fingerprint)).size).toBe(items.length)
  const seen: string[] = []
  for (const { family, address, user, password } of items) {
    if (family !== 'ctrlx-core') continue
    expect(address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const client = new TestClient(address)
    expect((await client.logIn(user, password)).status).toBe(201)
    const { architecture, virtualized, ctrlxOsVersion } = await client.get('/system/api/v1/info')
    seen.push(`${architecture} ${virtualized} ${ctrlxOsVersion}`)
    client.close()
  }
  expect(seen).toEqual(['arm64 false 4.6', 'x86-64 false 4.6', 'x86-64 false 4.4', 'x86-64 true 4.6'])
  expect(items.filter(({ family }) => family === 'linux-host')).toMatchObject([
    { address: expect.stringMatching(/^ssh:\/\/127\.0\.0\.1:\d+$/), user: 'root' },
  ])
  const server = { address: expect.stringMatching(/^ssh:\/\/127\.0\.0\.1:\d+$/), user: 'deviceon' }
  const portalPort = expect.stringMatching(/^\d+$/)
  expect(items.filter(({ family }) => family === 'deviceon-server')).toMatchObject([
    { ...server, facts: { storageFolder: String.raw`D:\DeviceOn\Backup`, portalPort } },
    { ...server, facts: { storageFolder: String.raw`D:\DeviceOn\Backup`, portalPort } },
  ])
})

test('an appliance and its replacement share a port at two addresses, also when that port was taken', async () => {
  const folder = await temporaryFolder()
  const devices = defaultFleet.filter(({ family }) => family === 'endpoint-protector')
  const first = await startFleet({ folder, devices })
  await first.stop()
  const [old, replacement] = first.items.map(({ address }) => new URL(address))
  expect([old!.hostname, replacement!.hostname]).toEqual(['127.0.0.2', '127.0.0.3'])
  expect(old!.port).toBe(replacement!.port)
  expect(first.items.map(({ facts, user }) => [facts, user])).toEqual([
    [{ version: '5.9.4.2' }, 'root'],
    [{ version: '2604.0.1.0' }, 'root'],
  ])
  const squatter = createServer().listen(Number(old!.port), '127.0.0.2')
  onTestFinished(() => void squatter.close())
  await new Promise((resolve) => squatter.once('listening', resolve))
  const second = await fleetFor({ folder, devices })
  const ports = second.items.map(({ address }) => new URL(address).port)
  expect(ports[0]).not.toBe(old!.port)
  expect(ports[1]).toBe(ports[0])
})

test('an appliance whose address this machine does not have is served at the first loopback address', async () => {
  const [device] = defaultFleet.filter(({ family }) => family === 'endpoint-protector')
  const elsewhere = { ...device!, host: '192.0.2.1' }
  const { items } = await fleetFor({ folder: await temporaryFolder(), devices: [elsewhere] })
  expect(items[0]!.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
})

test('a fleet started again has the same addresses, fingerprints and password', async () => {
  const folder = await temporaryFolder()
  const first = await startFleet({ folder, devices: two })
  await first.stop()
  const second = await fleetFor({ folder, devices: two })
  expect(second.items).toEqual(first.items)
})

test('a DeviceOn server of a fleet started again has its portal at the same port', async () => {
  const folder = await temporaryFolder()
  const devices = defaultFleet.filter(({ family }) => family === 'deviceon-server').slice(0, 1)
  const first = await startFleet({ folder, devices })
  await first.stop()
  expect((await fleetFor({ folder, devices })).items).toEqual(first.items)
})

test('two fleets have two passwords', async () => {
  const one = await fleetFor({ folder: await temporaryFolder(), devices: [two[0]!] })
  const other = await fleetFor({ folder: await temporaryFolder(), devices: [two[0]!] })
  expect(one.items[0]!.password).not.toBe(other.items[0]!.password)
})

test('a device whose port was taken meanwhile gets another one', async () => {
  const folder = await temporaryFolder()
  const first = await startFleet({ folder, devices: two })
  await first.stop()
  const { address } = first.items[0]!
  const squatter = createServer().listen(Number(new URL(address).port), '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await new Promise((resolve) => squatter.once('listening', resolve))
  const second = await fleetFor({ folder, devices: two })
  expect(second.items[0]!.address).not.toBe(address)
  expect(second.items[0]!.fingerprint).toBe(first.items[0]!.fingerprint)
  expect(second.items[1]!.address).toBe(first.items[1]!.address)
})

test('a fleet in which one device cannot start leaves none running', async () => {
  const folder = await temporaryFolder()
  const first = await startFleet({ folder, devices: two })
  await first.stop()
  const bad = { ...two[0]!, name: '../escape' }
  await expect(startFleet({ folder, devices: [...two, bad] })).rejects.toThrow('is no name')
  for (const { address } of first.items) {
    await expect(new TestClient(address).send('GET', '/system/api/v1/info')).rejects.toThrow('ECONNREFUSED')
  }
})
