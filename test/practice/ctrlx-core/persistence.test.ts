import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { backUp, password, practise, sendSetup, temporaryFolder, until, user } from './practice.ts'
import { TestClient } from './test-client.ts'

test('a device started again on its folder is the same device', async () => {
  const folder = await temporaryFolder()
  const first = await practise({ folder })
  const { name, bytes } = await backUp(first.client)
  await first.client.send('PUT', '/system/api/v1/hostname', { json: { hostname: 'kept' } })
  const { fingerprint, serialNumber } = first.device
  const content = first.device.content()
  await first.device.stop()
  const second = await practise({ folder })
  expect(second.device.fingerprint).toBe(fingerprint)
  expect(second.device.serialNumber).toBe(serialNumber)
  expect(second.device.content()).toEqual(content)
  const download = await second.client.send('GET', `/setup/api/v1/setups/${name}`)
  expect(download.body.equals(bytes)).toBe(true)
  expect(await second.client.get('/setup/api/v1/tasks')).toHaveLength(1)
})

test('two devices of the same model and different names are different devices', async () => {
  const one = await practise({ name: 'PRESS-7' })
  const other = await practise({ name: 'PRESS-8' })
  expect(one.device.serialNumber).not.toBe(other.device.serialNumber)
  expect(one.device.fingerprint).not.toBe(other.device.fingerprint)
})

test('the record holds every request with its user, its connection and the hash of its body', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  const before = device.log().length
  const sent = await sendSetup(client, bytes)
  const stranger = new TestClient(device.address)
  await stranger.send('GET', '/system/api/v1/info')
  await stranger.send('GET', '/setup/api/v1/setups')
  stranger.close()
  const [apply, open, refused] = device.log().slice(before)
  expect(apply).toMatchObject({
    method: 'POST',
    path: '/setup/api/v1/apply',
    user,
    status: 201,
    bodyComplete: true,
  })
  expect(apply!.bodyBytes).toBeGreaterThan(bytes.length)
  expect(open).toMatchObject({ user: undefined, status: 200, bodyBytes: 0 })
  expect(refused).toMatchObject({ status: 401, connection: open!.connection })
  expect(open!.connection).not.toBe(apply!.connection)
  const login = device.log().find(({ path }) => path.endsWith('/auth/token'))!
  const body = JSON.stringify({ name: user, password })
  expect(login.bodySha256).toBe(createHash('sha256').update(body).digest('hex'))
  expect(sent.status).toBe(201)
  await until(async () => device.events().find(({ event }) => event === 'apply-ended'))
})

test('the record on disk holds changing requests twice, counts on after a restart, and no secret', async () => {
  const folder = await temporaryFolder()
  const first = await practise({ folder })
  await first.client.send('PUT', '/system/api/v1/hostname', { json: { hostname: 'kept' } })
  await first.device.stop()
  const second = await practise({ folder })
  await second.client.get('/system/api/v1/info')
  await second.device.stop()
  const text = readFileSync(join(folder, 'requests.ndjson'), 'utf8')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const put = lines.filter(({ method }) => method === 'PUT')
  expect(put.map(({ kind }) => kind)).toEqual(['arrived', 'answered'])
  expect(put[0].sequence).toBe(put[1].sequence)
  const numbers = lines.filter(({ kind }) => kind !== 'arrived').map(({ sequence }) => sequence)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(text).not.toContain(password)
  expect(readFileSync(join(folder, 'device.json'), 'utf8')).not.toContain(password)
})

test('events and requests share one order: what changed the device stands behind what caused it', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  await sendSetup(client, bytes)
  const begun = await until(async () => device.events().find(({ event }) => event === 'apply-changes-begin'))
  const caused = device.log().find(({ path }) => path === '/setup/api/v1/apply')!
  expect(begun.sequence).toBeGreaterThan(caused.sequence)
  await until(async () => device.events().find(({ event }) => event === 'apply-ended'))
})

test('stopping twice is stopping once', async () => {
  const { device } = await practise()
  await Promise.all([device.stop(), device.stop()])
  await device.stop()
  await expect(new TestClient(device.address).send('GET', '/system/api/v1/info')).rejects.toThrow()
})

test('a part of a file comes only from a device that was told to serve parts', async () => {
  const range = { headers: { range: 'bytes=1000-1999' } }
  const expected: Record<string, number> = { ignored: 200, honoured: 206, 'wrong-start': 206 }
  for (const ranges of ['ignored', 'honoured', 'wrong-start'] as const) {
    const { client } = await practise({ ranges })
    const { name, bytes } = await backUp(client)
    const path = `/setup/api/v1/setups/${name}`
    const part = await client.send('GET', path, range)
    expect(part.status).toBe(expected[ranges])
    if (ranges === 'ignored') continue
    expect(part.body.equals(bytes.subarray(1000, 2000))).toBe(true)
    const start = ranges === 'honoured' ? 1000 : 1001
    expect(part.headers['content-range']).toBe(`bytes ${start}-1999/${bytes.length}`)
    const beyond = await client.send('GET', path, { headers: { range: `bytes=${bytes.length}-` } })
    expect(beyond.status).toBe(416)
    const stale = await client.send('GET', path, { headers: { ...range.headers, 'if-range': '"other"' } })
    expect(stale.status).toBe(200)
  }
})
