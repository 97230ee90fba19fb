import { setTimeout as wait } from 'node:timers/promises'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apply, backUp, finishTask, practise, sendSetup, until } from './practice.ts'
import type { Json } from './test-client.ts'
import { TestClient } from './test-client.ts'

const service = '/setup/api/v1'
const info = '/system/api/v1/info'

/** What became of a request: its status, or the word for how it ended. */
async function outcome(
  sending: Promise<{ readonly status: number }>,
  patienceMs = 400,
): Promise<number | string> {
  const settled = sending.then(
    ({ status }) => status,
    (cause: unknown) => (cause as NodeJS.ErrnoException).code ?? String(cause),
  )
  return Promise.race([settled, wait(patienceMs, 'silent')])
}

test('a download breaks off after the bytes that were asked for', async () => {
  for (const [how, end] of [
    ['reset', 'ECONNRESET'],
    ['end', 'ECONNRESET'],
    ['silence', 'silent'],
  ] as const) {
    const { client, device } = await practise({ payloadBytes: 400_000 })
    const { name } = await backUp(client)
    device.inject({ effect: 'cut-download', afterBytes: 100_000, how, path: `${service}/setups/${name}` })
    expect(await outcome(client.send('GET', `${service}/setups/${name}`))).toBe(end)
    expect((await new TestClient(device.address).send('GET', info)).status).toBe(200)
  }
})

test('a cut download leaves exactly the bytes before the cut', async () => {
  const { client, device } = await practise({ payloadBytes: 400_000 })
  const { name, bytes } = await backUp(client)
  device.inject({ effect: 'cut-download', afterBytes: 100_001, how: 'end' })
  const { request } = await import('node:https')
  const received = await new Promise<Buffer>((resolve, reject) => {
    const headers = { authorization: `Bearer ${client.token!}` }
    const url = `${device.address}${service}/setups/${name}`
    request(url, { headers, rejectUnauthorized: false }, (incoming) => {
      const pieces: Buffer[] = []
      expect(Number(incoming.headers['content-length'])).toBe(bytes.length)
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('error', () => resolve(Buffer.concat(pieces)))
      incoming.on('end', () => reject(new Error('the download ended in order')))
    }).end()
  })
  expect(received.equals(bytes.subarray(0, 100_001))).toBe(true)
})

test('an upload that breaks off is never carried out', async () => {
  for (const how of ['reset', 'end', 'silence'] as const) {
    const { client, device } = await practise({ payloadBytes: 400_000 })
    const { bytes } = await backUp(client)
    device.inject({ effect: 'cut-upload', afterBytes: 200_000, how, path: `${service}/apply` })
    expect(typeof (await outcome(sendSetup(client, bytes)))).toBe('string')
    expect(device.events().map(({ event }) => event)).not.toContain('apply-accepted')
    if (how === 'silence') continue
    const logged = await until(async () =>
      device.log().find(({ path, bodyBytes }) => path === `${service}/apply` && bodyBytes > 0),
    )
    expect(logged).toMatchObject({ status: undefined, bodyComplete: false, fault: 'cut-upload' })
  }
})

test('a client that breaks off its own upload leaves nothing but a line in the record', async () => {
  const { client, device } = await practise()
  const { request } = await import('node:https')
  const headers = {
    authorization: `Bearer ${client.token!}`,
    'content-type': 'multipart/form-data; boundary=b',
    'content-length': '100000',
  }
  const outgoing = request(`${device.address}${service}/apply`, {
    method: 'POST',
    headers,
    rejectUnauthorized: false,
  })
  outgoing.on('error', () => undefined)
  outgoing.write('--b\r\nContent-Disposition: form-data; name="setup"; filename="a.zip"\r\n\r\nPK')
  await wait(100)
  outgoing.destroy()
  const logged = await until(async () =>
    device.log().find(({ path, bodyBytes }) => path === `${service}/apply` && bodyBytes > 0),
  )
  expect(logged).toMatchObject({ status: undefined, bodyComplete: false })
  expect(await client.get(`${service}/tasks`)).toEqual([])
})

test('a lost answer hides a request that was carried out', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  device.inject({ effect: 'lose-answer', how: 'reset', path: `${service}/apply` })
  expect(await outcome(sendSetup(client, bytes))).toBe('ECONNRESET')
  await until(async () => device.events().find(({ event }) => event === 'apply-ended'))
  expect(device.log().filter(({ path }) => path === `${service}/apply`)).toMatchObject([
    { status: undefined, bodyComplete: true },
  ])
})

test('a truncated file has the length that it announces', async () => {
  const { client, device } = await practise()
  const { name, bytes } = await backUp(client)
  device.inject({ effect: 'truncate-file', keepBytes: 5_000 })
  const short = await client.send('GET', `${service}/setups/${name}`)
  expect(short.body.equals(bytes.subarray(0, 5_000))).toBe(true)
  expect(short.headers['content-length']).toBe('5000')
})

test('a damaged file differs in one bit', async () => {
  const { client, device } = await practise({ payloadBytes: 200_000 })
  const { name, bytes } = await backUp(client)
  device.inject({ effect: 'damage-file', offset: 150_000 })
  const damaged = await client.send('GET', `${service}/setups/${name}`)
  const differing = [...damaged.body.entries()].filter(([at, byte]) => byte !== bytes[at])
  expect(differing).toHaveLength(1)
  expect(differing[0]![0]).toBe(150_000)
})

test('a wrong length is announced, too long or too short', async () => {
  const { client, device } = await practise()
  const { name } = await backUp(client)
  device.inject({ effect: 'wrong-length', deltaBytes: 10 })
  expect(await outcome(client.send('GET', `${service}/setups/${name}`))).toBe('ECONNRESET')
  device.inject({ effect: 'wrong-length', deltaBytes: -10 })
  // The surplus bytes are no answer to anything, which Node's parser says in its own words.
  expect(await outcome(client.send('GET', `${service}/setups/${name}`))).toMatch(/^HPE_/)
})

test('a slow download takes its time', async () => {
  const { client, device } = await practise()
  const { name, bytes } = await backUp(client)
  device.inject({ effect: 'slow', bytesPerSecond: bytes.length * 3, path: `${service}/setups/${name}` })
  const start = Date.now()
  expect((await client.send('GET', `${service}/setups/${name}`)).body.equals(bytes)).toBe(true)
  expect(Date.now() - start).toBeGreaterThan(200)
})

test('a status takes the place of the answer as often as told, and with its Retry-After', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'status', status: 503, retryAfter: '7', times: 2, path: info })
  const seen = []
  for (let request = 0; request < 3; request += 1) seen.push(await client.send('GET', info))
  expect(seen.map(({ status }) => status)).toEqual([503, 503, 200])
  expect(seen[0]!.headers['retry-after']).toBe('7')
})

test('a fault can skip requests, match a pattern, and be taken back', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'status', status: 502, skip: 1, path: /^\/system\// })
  expect((await client.send('GET', '/setup/api/v1/tasks')).status).toBe(200)
  expect((await client.send('GET', info)).status).toBe(200)
  expect((await client.send('GET', info)).status).toBe(502)
  const takeBack = device.inject({ effect: 'status', status: 502, times: 100 })
  expect((await client.send('GET', info)).status).toBe(502)
  takeBack()
  expect((await client.send('GET', info)).status).toBe(200)
  device.inject({ effect: 'status', status: 502, method: 'PUT' })
  device.clearFaults()
  const put = await client.send('PUT', '/system/api/v1/hostname', { json: { hostname: 'a' } })
  expect(put.status).toBe(204)
})

test('a redirect, a login page and silence come in place of the answer', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'redirect', location: 'http://127.0.0.1:9/' })
  const redirected = await client.send('GET', info)
  expect([redirected.status, redirected.headers.location]).toEqual([307, 'http://127.0.0.1:9/'])
  device.inject({ effect: 'login-page' })
  const page = await client.send('GET', info)
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html'])
  device.inject({ effect: 'silence', path: info })
  expect(await outcome(client.send('GET', info))).toBe('silent')
})

test('an answer can be replaced, its JSON bent, or the bytes of HTTP itself be nonsense', async () => {
  const { client, device } = await practise()
  const gzip = { 'content-encoding': 'gzip' }
  device.inject({
    effect: 'replace-answer',
    status: 200,
    type: 'application/json',
    body: '{}',
    headers: gzip,
  })
  const replaced = await client.send('GET', info)
  expect([replaced.body.toString(), replaced.headers['content-encoding']]).toEqual(['{}', 'gzip'])
  const alter = (value: unknown) => ({ ...(value as object), uptime: -1 })
  device.inject({ effect: 'alter-json', alter })
  expect(await client.get(info)).toMatchObject({ architecture: 'arm64', uptime: -1 })
  const twice = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'
  device.inject({ effect: 'raw-answer', bytes: twice })
  expect(await outcome(client.send('GET', info))).toMatch(/^HPE_/)
})

test('a refused upload leaves nothing on the device', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  device.setFreeBytes(10)
  expect((await sendSetup(client, bytes)).status).toBe(500)
  expect(readdirSync(join(device.folder, 'temporary'))).toEqual([])
})

test('silence carries nothing out', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  device.inject({ effect: 'silence', path: `${service}/apply` })
  expect(await outcome(sendSetup(client, bytes))).toBe('silent')
  expect(device.events().map(({ event }) => event)).not.toContain('apply-accepted')
})

test('a session ends in the middle of a task, and a new login finds the task again', async () => {
  const { client, device } = await practise({ stepMs: 20 })
  const created = await client.send('POST', `${service}/create`, { json: {} })
  device.inject({ effect: 'expire-session', path: `${service}/setups` })
  expect((await client.send('GET', `${service}/setups`)).status).toBe(401)
  await client.logIn('boschrexroth', 'Practice-1234')
  expect(await finishTask(client, created.headers.location)).toMatchObject({ state: 'done' })
})

test('a full disk is refused at once or noticed by the task', async () => {
  const { client, device } = await practise()
  const create = () => client.send('POST', `${service}/create`, { json: {} })
  device.inject({ effect: 'disk-full', task: 'create', noticed: 'request' })
  const refused = await create()
  expect(refused.status).toBe(500)
  expect(refused.json()).toMatchObject({ mainDiagnosisCode: '080F0420', detailedDiagnosisCode: '0C641050' })
  device.inject({ effect: 'disk-full', task: 'create', noticed: 'task' })
  const task = await finishTask(client, (await create()).headers.location)
  expect(task).toMatchObject({ state: 'failed', error: expect.stringContaining('0C641050') })
  const { bytes } = await backUp(client)
  device.setFreeBytes(100)
  expect((await sendSetup(client, bytes)).json()).toMatchObject({
    mainDiagnosisCode: '080F0422',
    detailedDiagnosisCode: '0C641050',
  })
  expect(await finishTask(client, (await create()).headers.location)).toMatchObject({ state: 'failed' })
})

test('the state of a finished task can read null for a while', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'task-state-null', task: 'create', polls: 2 })
  const created = await client.send('POST', `${service}/create`, { json: {} })
  const states: unknown[] = []
  await until(async () => {
    const { state, progress } = await client.get(service + created.headers.location!)
    if (progress === 100) states.push(state)
    return state === 'done' ? true : undefined
  })
  expect(states).toEqual([null, null, 'done'])
})

test('a task can stay at 99 per cent until the power goes', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'task-stuck', task: 'create', progress: 66 })
  const created = await client.send('POST', `${service}/create`, { json: {} })
  const look = async () => client.get(service + created.headers.location!)
  await until(async () => ((await look()).progress === 66 ? true : undefined))
  await wait(100)
  expect(await look()).toMatchObject({ state: 'running', progress: 66 })
  await device.powerOff()
  await device.powerOn()
  client.reconnect()
  await client.logIn('boschrexroth', 'Practice-1234')
  expect(await look()).toMatchObject({ state: 'failed', error: 'The device was switched off' })
})

test('a task fails with the words that it was given, or is gone when it has ended', async () => {
  const { client, device } = await practise()
  device.inject({ effect: 'task-failed', task: 'create', error: 'out of luck' })
  const failed = await client.send('POST', `${service}/create`, { json: {} })
  expect(await finishTask(client, failed.headers.location)).toMatchObject({
    state: 'failed',
    error: 'out of luck',
  })
  device.inject({ effect: 'task-gone', task: 'create' })
  const created = await client.send('POST', `${service}/create`, { json: {} })
  await until(async () => {
    const { status } = await client.send('GET', service + created.headers.location!)
    return status === 404 ? true : undefined
  })
})

test('an apply task that is done can hold errors all the same', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  device.inject({ effect: 'protocol-errors', lines: ['identityManagement: user not removed from group'] })
  const task = await apply(client, bytes)
  expect(task.state).toBe('done')
  expect(task.protocol.filter(({ severity }: Json) => severity === 'ERROR')).toHaveLength(1)
  expect(device.content().history).toMatchObject([{ errorCount: 1 }])
})

test('a restore that fails half way leaves settings new and apps old', async () => {
  const { client, device } = await practise()
  const { bytes } = await backUp(client)
  const old = device.content()
  device.edit((state) => ({
    hostname: 'changed',
    apps: state.apps.filter(({ name }) => name !== 'rexroth-plc'),
  }))
  device.inject({ effect: 'half-applied' })
  expect(await apply(client, bytes)).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('080F0452'),
  })
  expect(device.content().hostname).toBe(old.hostname)
  expect(device.content().apps.some(({ name }) => name === 'rexroth-plc')).toBe(false)
  expect(device.events().map(({ event }) => event)).toContain('apply-half')
})
