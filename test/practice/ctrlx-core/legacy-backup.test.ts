import { expect, test } from 'vitest'
import { practise, until } from './practice.ts'
import type { Json } from './test-client.ts'

const service = '/backup/api/v1'
const archiveType = 'application/x-tar'

test('a backup is a tar in one answer, or a task with an archive', async () => {
  const { client } = await practise({ profile: '1.12' })
  const direct = await client.send('POST', `${service}/backup`, { json: { password: 'secret' } })
  expect([direct.status, direct.headers['content-type']]).toEqual([200, archiveType])
  expect(direct.body.subarray(257, 262).toString('latin1')).toBe('ustar')
  const task = await client.send('POST', `${service}/backup`, { json: { password: 'secret', async: true } })
  expect(task.status).toBe(202)
  const id = task.headers.location!.replace('/tasks/', '')
  expect((await client.send('GET', `${service}/archives/${id}`)).status).toBe(404)
  const ended = await until(async () => {
    const each = await client.get(`${service}/tasks/${id}`)
    return each.state === 'done' ? each : undefined
  })
  expect(ended).toMatchObject({ progress: 100, parameters: { process: 'backup' } })
  expect((await client.get(`${service}/tasks`)).map((each: Json) => each.id)).toEqual([id])
  expect((await client.send('GET', `${service}/archives/${id}`)).headers['content-type']).toBe(archiveType)
})

test('a password is a must, and of the vendor’s pattern', async () => {
  const { client } = await practise({ profile: '1.12' })
  for (const json of [{}, { password: '' }, { password: '1digit' }, { password: 'x'.repeat(65) }]) {
    expect((await client.send('POST', `${service}/backup`, { json })).status).toBe(400)
  }
})

test('two backups at a time are one too many', async () => {
  const { client } = await practise({ profile: '1.12', stepMs: 30 })
  const json = { password: 'secret', async: true }
  expect((await client.send('POST', `${service}/backup`, { json })).status).toBe(202)
  expect((await client.send('POST', `${service}/backup`, { json })).status).toBe(409)
})

test('a restore brings the device back, at once or as a task', async () => {
  const { client, device } = await practise({ profile: '1.12' })
  const before = device.content()
  const { body } = await client.send('POST', `${service}/backup`, { json: { password: 'secret' } })
  const archive = { fileName: 'ctrlX.tar', type: archiveType, bytes: body }
  device.edit(() => ({ hostname: 'changed' }))
  const direct = await client.send('POST', `${service}/restore`, { form: { archive, password: 'secret' } })
  expect(direct.status).toBe(204)
  expect(device.content().hostname).toBe(before.hostname)
  const task = await client.send('POST', `${service}/restore`, {
    form: { archive, password: 'secret', async: 'true' },
  })
  expect(task.status).toBe(202)
  const ended = await until(async () => {
    const each = await client.get(service + task.headers.location!)
    return each.state === 'done' || each.state === 'failed' ? each : undefined
  })
  expect(ended).toMatchObject({ state: 'done', parameters: { process: 'restore' } })
})

test('a restore is refused with the wrong password and from another architecture or system', async () => {
  const archiveOf = async (profile: '1.12' | '1.20', model: 'X3' | 'X7') => {
    const { client } = await practise({ profile, model, name: 'SOURCE' })
    const { body } = await client.send('POST', `${service}/backup`, { json: { password: 'secret' } })
    return { fileName: 'ctrlX.tar', type: archiveType, bytes: body }
  }
  const { client, device } = await practise({ profile: '1.12', model: 'X3', name: 'TARGET' })
  const before = device.content().digest
  const cases = [
    { archive: await archiveOf('1.12', 'X3'), password: 'wrong' },
    { archive: await archiveOf('1.12', 'X7'), password: 'secret' },
    { archive: await archiveOf('1.20', 'X3'), password: 'secret' },
  ]
  const said = []
  for (const form of cases) {
    const refused = await client.send('POST', `${service}/restore`, { form })
    expect(refused.status).toBe(500)
    said.push(refused.json().dynamicDescription)
  }
  expect(said).toEqual(['Password is incorrect', 'Processor architecture differs', 'System version differs'])
  expect(device.content().digest).toBe(before)
})
