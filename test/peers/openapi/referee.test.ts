import { describe, expect, test } from 'vitest'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import { Referee } from './referee.ts'
import { findVendorFiles } from './vendor-files.ts'

const vendor = findVendorFiles()
const setup = '/setup/api/v1'

function exchange(changes: Partial<Record<keyof RecordedExchange, unknown>>): RecordedExchange {
  const { requestBody, responseBody, ...rest } = changes
  return {
    profile: '4.6',
    method: 'GET',
    path: `${setup}/history`,
    status: 200,
    fault: undefined,
    ...rest,
    requestHeaders: { authorization: 'Bearer x', ...(rest.requestHeaders as object | undefined) },
    responseHeaders: { 'content-type': 'application/json', ...(rest.responseHeaders as object | undefined) },
    requestBody: bytes(requestBody),
    responseBody: bytes(responseBody),
  } as RecordedExchange
}

function bytes(value: unknown): Buffer {
  if (value === undefined) return Buffer.alloc(0)
  return Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))
}

const entry = {
  id: '1',
  timestamp: '2017-07-21T17:32:28Z',
  fileName: 'a.zip',
  errorCount: 0,
  warningCount: 0,
}
const reboot = {
  method: 'POST',
  path: '/system/api/v1/tasks',
  status: 201,
  requestHeaders: { 'content-type': 'application/json' },
  responseHeaders: { location: '/system/api/v1/tasks/1' },
}
const form = (name: string): Partial<RecordedExchange> => ({
  method: 'POST',
  path: `${setup}/apply`,
  status: 201,
  requestHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
  requestBody: Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nmerge\r\n--b--\r\n`),
  responseHeaders: { 'content-type': '', location: '/tasks/apply_1' },
})

describe.runIf(vendor.found)('the referee', () => {
  const referee = new Referee(vendor.found ? vendor.folder : '')
  const parts = async (changes: Parameters<typeof exchange>[0]): Promise<readonly string[]> => {
    const found = await referee.check(exchange(changes))
    return [...new Set(found.map(({ part }) => part))]
  }

  test('lets pass what is as described', async () => {
    expect(await parts({ responseBody: { historyEntries: [entry] } })).toEqual([])
    expect(await parts(form('mode'))).toEqual([])
  })

  test('sees a missing field, a wrong type and a bad time in an answer', async () => {
    expect(await parts({ responseBody: {} })).toEqual(['answer.body'])
    expect(await parts({ responseBody: { historyEntries: [{ ...entry, errorCount: '0' }] } })).toEqual([
      'answer.body',
    ])
    expect(await parts({ responseBody: { historyEntries: [{ ...entry, timestamp: 'noon' }] } })).toEqual([
      'answer.body',
    ])
  })

  test('sees a status, a type, a header and a body that are not described', async () => {
    expect(await parts({ status: 418 })).toEqual(['answer.status'])
    expect(await parts({ responseHeaders: { 'content-type': 'text/html' } })).toEqual(['answer.type'])
    expect(await parts({ ...form('mode'), responseHeaders: { 'content-type': '' } })).toEqual([
      'answer.headers',
    ])
    expect(await parts({ ...form('mode'), responseBody: { id: 1 } })).toEqual(['answer.body'])
  })

  test('sees a problem without a title', async () => {
    const problem = { type: 'about:blank', title: 'Http client error' }
    expect(await parts({ status: 403, responseBody: problem })).toEqual([])
    expect(await parts({ status: 403, responseBody: { type: 'about:blank' } })).toEqual(['answer.body'])
  })

  test('sees wrong requests: a body, its type, a form field, a query', async () => {
    const create = {
      method: 'POST',
      path: `${setup}/create`,
      status: 201,
      responseHeaders: { 'content-type': '', location: '/tasks/create_1' },
    }
    const json = { requestHeaders: { 'content-type': 'application/json' } }
    expect(await parts({ ...create, ...json, requestBody: { $password: 'secret' } })).toEqual([])
    expect(await parts({ ...create, ...json, requestBody: { $password: 5 } })).toEqual(['request.body'])
    expect(await parts({ ...create, ...json, requestBody: Buffer.from('{') })).toContain('request.body')
    expect(
      await parts({ ...create, requestHeaders: { 'content-type': 'text/plain' }, requestBody: { a: 1 } }),
    ).toEqual(['request.type'])
    expect(await parts(form('modus'))).toEqual(['request.body'])
    expect(await parts({ ...create, path: `${setup}/create?where=usb` })).toEqual(['request.parameters'])
  })

  test('sees an answer given to someone who did not log in', async () => {
    const stranger = { ...exchange({ responseBody: { historyEntries: [] } }), requestHeaders: {} }
    expect((await referee.check(stranger)).map(({ part }) => part)).toEqual(['request.login'])
  })

  test('takes the schema that the discriminator names, and no other', async () => {
    const task = { id: '1', state: 'pending', action: 'reboot' }
    expect(await parts({ ...reboot, requestBody: { action: 'reboot' }, responseBody: task })).toEqual([])
    expect(await parts({ ...reboot, requestBody: { action: 'dance' }, responseBody: task })).toEqual([
      'request.body',
    ])
    expect(
      await parts({ ...reboot, requestBody: { action: 'reboot' }, responseBody: { ...task, action: 'x' } }),
    ).toEqual(['answer.body'])
  })

  test('wants read-only fields of answers only', async () => {
    const withoutState = { id: '1', action: 'reboot' }
    expect(await parts({ ...reboot, requestBody: { action: 'reboot' }, responseBody: withoutState })).toEqual(
      ['answer.body'],
    )
  })

  test('knows which release has which interface', async () => {
    const setupinfo = { path: `${setup}/setupinfo`, responseBody: {} }
    expect(await parts({ ...setupinfo, profile: '2.6' })).toEqual([])
    expect(await parts({ ...setupinfo, profile: '1.20' })).toEqual(['path'])
    expect(await parts({ ...setupinfo, profile: '1.20', status: 404 })).toEqual([])
    expect(await parts({ ...form('mode'), profile: '1.20' })).toEqual(['request.body'])
    expect(await parts({ path: '/nowhere/api/v1/x' })).toEqual(['path'])
  })
})

test('the vendor descriptions are at hand, without which nothing is judged', ({ skip }) => {
  const message = vendor.found ? '' : vendor.message
  if (!vendor.found && process.env['CI'] !== 'true') skip(message)
  expect(vendor.found, message).toBe(true)
})
