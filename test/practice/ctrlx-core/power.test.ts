import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { apply, backUp, password, practise, sendSetup, until, user } from './practice.ts'
import type { TestClient } from './test-client.ts'

const info = '/system/api/v1/info'

/** What a look at the device gives at one moment. */
async function look(client: TestClient): Promise<number | string> {
  const { status } = await client
    .send('GET', info)
    .catch((cause: unknown) => ({ status: (cause as NodeJS.ErrnoException).code ?? 'gone' }))
  return status
}

/** Every different thing seen one after the other until `enough` says so. */
async function watch(client: TestClient, enough: (seen: readonly (number | string)[]) => boolean) {
  const seen: (number | string)[] = []
  await until(async () => {
    const now = await look(client)
    if (now !== seen.at(-1)) seen.push(now)
    return enough(seen) ? true : undefined
  })
  return seen.filter((each) => each !== 'ECONNRESET')
}

test('a reboot is seen as refused connections, then 502, then answers, and tokens are dead', async () => {
  const { client, device } = await practise({ rebootWindows: { refusedMs: 150, gatewayMs: 150 } })
  const started = await client.send('POST', '/system/api/v1/tasks', { json: { action: 'reboot' } })
  expect(started.status).toBe(201)
  expect(started.json()).toMatchObject({ action: 'reboot', state: 'pending' })
  const seen = await watch(client, (each) => each.includes(502) && each.at(-1) === 200)
  expect(seen.slice(-3)).toEqual(['ECONNREFUSED', 502, 200])
  expect((await client.send('GET', '/setup/api/v1/setups')).status).toBe(401)
  expect((await client.logIn(user, password)).status).toBe(201)
  expect(device.events().map(({ event }) => event)).toEqual(['reboot', 'booted'])
})

test('a second reboot is refused while one is coming, and a task can be read and dropped', async () => {
  const { client } = await practise({ stepMs: 300 })
  const reboot = () => client.send('POST', '/system/api/v1/tasks', { json: { action: 'reboot' } })
  const { id } = (await reboot()).json()
  expect((await reboot()).status).toBe(409)
  expect(await client.get('/system/api/v1/tasks')).toMatchObject([{ id, action: 'reboot' }])
  expect(await client.get(`/system/api/v1/tasks/${id}`)).toMatchObject({ id })
  expect((await client.send('DELETE', `/system/api/v1/tasks/${id}`)).status).toBe(204)
  expect((await client.send('DELETE', `/system/api/v1/tasks/${id}`)).status).toBe(404)
  expect((await client.send('GET', `/system/api/v1/tasks/${id}`)).status).toBe(404)
  expect((await client.send('POST', '/system/api/v1/tasks', { json: { action: 'dance' } })).status).toBe(400)
})

test('an apply goes on after the reboots that it needs, and its task is still there', async () => {
  const { client, device } = await practise({ rebootsDuringApply: 2 })
  const { bytes } = await backUp(client)
  const before = device.content()
  device.edit((state) => ({
    hostname: 'changed',
    apps: state.apps.filter(({ name }) => name !== 'rexroth-plc'),
  }))
  const sent = await sendSetup(client, bytes)
  await until(async () => device.events().find(({ event }) => event === 'apply-ended'))
  expect(device.events().filter(({ event }) => event === 'booted')).toHaveLength(2)
  await client.logIn(user, password)
  expect(await client.get(`/setup/api/v1${sent.headers.location!}`)).toMatchObject({
    state: 'done',
    progress: 100,
  })
  expect(device.content().digest).toBe(before.digest)
})

test('a task can be forgotten by the reboot that it caused', async () => {
  const { client, device } = await practise({ rebootsDuringApply: 1, taskAfterReboot: 'gone' })
  const { bytes } = await backUp(client)
  const sent = await sendSetup(client, bytes)
  await until(async () =>
    device
      .events()
      .find(
        ({ event }) =>
          event === 'setup-task-ended' && device.events().some((each) => each.event === 'booted'),
      ),
  )
  await client.logIn(user, password)
  expect((await client.send('GET', `/setup/api/v1${sent.headers.location!}`)).status).toBe(404)
  expect(device.content().history).toHaveLength(1)
})

test('a device that does not come back stays silent until someone switches it on', async () => {
  const { client, device } = await practise()
  const { address } = device
  device.inject({ effect: 'no-return' })
  await device.reboot()
  await wait(200)
  expect(await look(client)).toBe('ECONNREFUSED')
  await device.powerOn()
  expect(device.address).toBe(address)
  expect(await look(client)).toBe(200)
})

test('power lost in the middle of a restore leaves the device half done, and says so nowhere but in its state', async () => {
  const { client, device } = await practise({ stepMs: 40 })
  const { bytes } = await backUp(client)
  const old = device.content()
  device.edit((state) => ({
    hostname: 'changed',
    apps: state.apps.filter(({ name }) => name !== 'rexroth-plc'),
  }))
  await sendSetup(client, bytes)
  await until(async () => (device.content().hostname === old.hostname ? true : undefined))
  await device.powerOff()
  await device.powerOn()
  client.reconnect()
  await client.logIn(user, password)
  const [, task] = await client.get('/setup/api/v1/tasks')
  expect(task).toMatchObject({ state: 'failed', error: 'The device was switched off' })
  expect(device.content().digest).not.toBe(old.digest)
  expect(device.content().operatingState).toBe('SERVICE')
})

test('a new certificate is shown on the same port, and the old connection is gone', async () => {
  const { client, device } = await practise()
  const { fingerprint, address } = device
  const renewed = await device.renewCertificate({ notBefore: new Date(0), notAfter: new Date(86_400_000) })
  expect(renewed).not.toBe(fingerprint)
  expect([device.fingerprint, device.address]).toEqual([renewed, address])
  await client.send('GET', info).catch(() => undefined)
  const { connect } = await import('node:tls')
  const shown = await new Promise<{ fingerprint256: string; valid_to: string }>((resolve, reject) => {
    const socket = connect(
      { port: Number(new URL(address).port), host: '127.0.0.1', rejectUnauthorized: false },
      () => {
        resolve(socket.getPeerCertificate())
        socket.destroy()
      },
    )
    socket.on('error', reject)
  })
  expect(shown.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(renewed)
  expect(new Date(shown.valid_to).getFullYear()).toBe(1970)
})

test('another device can sit at the address from one request to the next', async () => {
  const { client, device } = await practise()
  const before = await client.get('/system/api/v1/typeplate')
  device.becomeAnother({ serialNumber: '720000000000' })
  const after = await client.get('/system/api/v1/typeplate')
  expect(after.serialNumber).toBe('720000000000')
  expect(after.materialNumber).toBe(before.materialNumber)
  expect((await client.send('GET', '/setup/api/v1/setups')).status).toBe(401)
})

test('another version can be on the device from one request to the next', async () => {
  const { client, device } = await practise()
  device.changeVersion('4.4')
  expect(await client.get(info)).toMatchObject({ ctrlxOsVersion: '4.4' })
})

test('system apps of different releases have no common version', async () => {
  const { client, device } = await practise()
  device.edit((state) => ({
    apps: state.apps.map((app) =>
      app.name === 'rexroth-automationcore' ? { ...app, version: '4.4.5' } : app,
    ),
  }))
  expect(await client.get(info)).toMatchObject({ ctrlxOsVersion: 'undefined.' })
})

test('a setup can force a reboot of its own', async () => {
  const { client, device } = await practise()
  const document = { $name: 'reboot', $forceReboot: true, system: { hostname: 'rebooted' } }
  const task = await apply(client, Buffer.from(JSON.stringify(document))).catch(() => undefined)
  expect(task?.state ?? 'lost').not.toBe('failed')
  await until(async () => device.events().find(({ event }) => event === 'apply-ended'))
  expect(device.events().map(({ event }) => event)).toContain('booted')
  expect(device.content().hostname).toBe('rebooted')
})
