import { expect, test } from 'vitest'
import { practise, until } from './practice.ts'
import type { Json } from './test-client.ts'

const info = '/system/api/v1/info'
const typeplate = '/system/api/v1/typeplate'
const media = '/storage/api/v1/media'

test('an X3 is an ARM device with a ctrlXCORE type plate', async () => {
  const { client } = await practise({ model: 'X3' })
  expect(await client.get(info)).toMatchObject({
    architecture: 'arm64',
    virtualized: false,
    ctrlxOsVersion: '4.6',
  })
  expect(await client.get(typeplate)).toMatchObject({
    typePlateType: 'ctrlXCORE',
    storeModelId: 'rexroth-arch01',
  })
  const packages = await client.get('/package-manager/api/v1/packages')
  expect(packages.map(({ name }: Json) => name)).toContain('rexroth-arch01-kernel')
})

test('an X7 and a virtual one are x64, and only the virtual one has a generic type plate', async () => {
  const x7 = await practise({ model: 'X7', name: 'PRESS-8' })
  const virtual = await practise({ model: 'virtual', name: 'OFFICE' })
  expect(await x7.client.get(info)).toMatchObject({ architecture: 'x86-64', virtualized: false })
  expect(await x7.client.get(typeplate)).toMatchObject({
    typePlateType: 'ctrlXCORE',
    hardwareRevision: 'cx_x7p_a',
  })
  expect(await virtual.client.get(info)).toMatchObject({ architecture: 'x86-64', virtualized: true })
  expect(await virtual.client.get(typeplate)).toMatchObject({
    typePlateType: 'generic',
    productName: 'ctrlX COREvirtual',
    serialNumber: virtual.device.serialNumber,
  })
  expect(x7.device.serialNumber).not.toBe(virtual.device.serialNumber)
})

test('identity can be read without a login, and nothing else of the system', async () => {
  const { client } = await practise()
  client.token = undefined
  for (const path of [info, typeplate, '/system/api/v1/hostname']) {
    expect((await client.send('GET', path)).status).toBe(200)
  }
  for (const path of ['/system/api/v1/characteristics', media, '/package-manager/api/v1/packages']) {
    expect((await client.send('GET', path)).status).toBe(401)
  }
})

test('the host name can be changed, within the vendor’s rules', async () => {
  const { client, device } = await practise()
  const put = (hostname: string) => client.send('PUT', '/system/api/v1/hostname', { json: { hostname } })
  expect((await put('-no')).status).toBe(400)
  expect((await put('press-7b')).status).toBe(204)
  expect(await client.get('/system/api/v1/hostname')).toEqual({ hostname: 'press-7b' })
  expect(device.content().hostname).toBe('press-7b')
})

test('characteristics, media and licences are there to read', async () => {
  const { client } = await practise({ model: 'virtual', freeBytes: 1_000_000 })
  expect(await client.get('/system/api/v1/characteristics')).toMatchObject({ cpu: { architecture: 'amd64' } })
  const [internal] = await client.get(media)
  expect(internal).toMatchObject({ internal: true, mounted: true })
  expect(internal.filesystemSize - internal.used).toBe(1_000_000)
  const licences = await client.get('/license-manager/api/v1/capabilities')
  expect(licences.map(({ app }: Json) => app)).not.toContain('rexroth-opcua-server')
  expect(await client.get('/license-manager/api/v1/information')).toMatchObject({
    mode: '4H_ENGINEERING_LICENSE',
  })
})

test('the operating state is read and switched over the Data Layer', async () => {
  const { client } = await practise({ stepMs: 50 })
  const node = '/automation/api/v2/nodes/scheduler/admin/state'
  expect(await client.get(node)).toEqual({ type: 'object', value: { state: 'OPERATING' } })
  const switching = client.send('PUT', node, { json: { type: 'object', value: { state: 'SERVICE' } } })
  await until(async () => ((await client.get(`${node}/switching`)).value === true ? true : undefined))
  expect((await switching).status).toBe(204)
  expect(await client.get(node.replace('scheduler/admin/state', 'scheduler%2Fadmin%2Fstate'))).toEqual({
    type: 'object',
    value: { state: 'SERVICE' },
  })
  const wrong = await client.send('PUT', node, { json: { type: 'object', value: { state: 'OPERATION' } } })
  expect(wrong.status).toBe(400)
  expect((await client.send('GET', '/automation/api/v2/nodes/no/such/node')).status).toBe(404)
  expect(await client.get('/automation/api/v2/nodes/framework/metrics/system/memtotal-mb')).toEqual({
    type: 'double',
    value: 2048,
  })
})

test('what a device does not have is a 404 in the vendor’s words', async () => {
  const { client } = await practise()
  const missing = await client.send('GET', '/system/api/v1/no-such-thing')
  expect(missing.status).toBe(404)
  expect(missing.json()).toMatchObject({ detail: 'Not found (404)', detailedDiagnosisCode: '0C7A0205' })
})

test('the certificate is the one whose fingerprint the device tells', async () => {
  const { device } = await practise()
  const { createHash } = await import('node:crypto')
  const { connect } = await import('node:tls')
  const { port } = new URL(device.address)
  const shown = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().raw)
      socket.destroy()
    })
    socket.on('error', reject)
  })
  expect(createHash('sha256').update(shown).digest('hex')).toBe(device.fingerprint)
})
