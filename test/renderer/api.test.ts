import { expect, test } from 'vitest'
import { importFiles, request } from '../../src/renderer/api.ts'
import { FakeMain, failing } from './support/fake-main.ts'

function connect(main: Pick<FakeMain, 'request' | 'importFiles'>): void {
  Object.assign(window, { ferrite: main })
}

test('a request without input sends none, and one with input sends it as it is', async () => {
  const main = new FakeMain({ 'devices.list': () => [], 'help.open': () => undefined })
  connect(main)
  await request('devices.list')
  await request('help.open', { page: 'source' })
  expect(main.asked).toEqual([
    { name: 'devices.list', input: undefined },
    { name: 'help.open', input: { page: 'source' } },
  ])
})

test('a failure of main comes back as it is', async () => {
  connect(new FakeMain({ 'devices.list': failing({ code: 'storage-damaged', file: 'a', reason: 'b' }) }))
  const result = await request('devices.list')
  expect(result).toEqual({ ok: false, failure: { code: 'storage-damaged', file: 'a', reason: 'b' } })
})

test('a channel that breaks is a failure, not an exception', async () => {
  const breaks = (): Promise<never> => Promise.reject(new Error('no such request'))
  connect({ request: breaks, importFiles: breaks })
  const failure = { code: 'request-refused', reason: 'no such request' }
  expect(await request('devices.list')).toEqual({ ok: false, failure })
  expect(await importFiles([])).toEqual({ ok: false, failure })
})
