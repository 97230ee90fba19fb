import { beforeEach, expect, test, vi } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { requests } from '../../../src/shared/ipc/contract.ts'
import { droppedFilesChannel } from '../../../src/shared/ipc/names.ts'
import type { Result } from '../../../src/shared/result.ts'
import { checkSender, checkSize } from '../../../src/main/ipc/door.ts'
import { RateLimit } from '../../../src/main/ipc/rate-limit.ts'
import type { Handlers, ServeOptions } from '../../../src/main/ipc/serve.ts'
import { createToFailure } from '../../../src/main/jobs/to-failure.ts'
import { makeFakeElectron } from '../app/fake-electron.ts'

const electron = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeFakeElectron> }))
vi.mock(
  'electron',
  () => new Proxy({}, { get: (_, name) => Reflect.get(electron.current, name) as unknown, has: () => true }),
)

beforeEach(() => {
  electron.current = makeFakeElectron()
})

const ownPage = 'app://ui/index.html'
const mainFrame = { url: ownPage }
const goodEvent = { sender: { id: 7, mainFrame }, senderFrame: mainFrame }
type Invoke = (event: unknown, ...message: unknown[]) => Promise<Result<unknown>>

async function served(
  handlers: Partial<Record<keyof Handlers, unknown>>,
  change: Partial<ServeOptions> = {},
) {
  const { serve } = await import('../../../src/main/ipc/serve.ts')
  const incidents: unknown[] = []
  serve({
    handlers: handlers as Handlers,
    importFiles: (files) => Promise.resolve(files),
    windowId: () => 7,
    toFailure: createToFailure((_incident, error) => incidents.push(error)),
    rate: new RateLimit(1_000),
    signal: new AbortController().signal,
    ...change,
  })
  const channels = new Map(electron.current.ipcMain.handle.mock.calls as unknown as [string, Invoke][])
  return {
    channels,
    incidents,
    invoke: (name: string, ...rest: unknown[]) => channels.get(name)!(goodEvent, ...rest),
  }
}

// H24, I01
test('exactly the requests of the contract are served', async () => {
  const { channels } = await served({})
  expect([...channels.keys()].toSorted()).toEqual([...Object.keys(requests), droppedFilesChannel].toSorted())
})

// H25, I02
test.each([
  ['another window', { ...goodEvent, sender: { id: 8, mainFrame } }],
  ['a frame that is gone', { ...goodEvent, senderFrame: null }],
  ['an inner frame', { ...goodEvent, senderFrame: { url: ownPage } }],
  [
    'another page',
    { sender: { id: 7, mainFrame: { url: 'https://evil' } }, senderFrame: { url: 'https://evil' } },
  ],
])('a message of %s does no work', async (_who, event) => {
  const handler = vi.fn()
  const { channels } = await served({ 'jobs.list': handler })
  const result = await channels.get('jobs.list')!(event)
  expect(result).toMatchObject({ ok: false, failure: { code: 'request-refused' } })
  expect(handler).not.toHaveBeenCalled()
})

test.each(['about:blank', 'file:///x/index.html', 'app://other/index.html', 'https://ui/index.html'])(
  'a main frame that shows %s is refused',
  (url) => {
    expect(() => {
      checkSender({ contentsId: 7, frame: { url, isMainFrame: true } }, 7)
    }).toThrow('request-refused')
  },
)

// H26, I03, I04
test.each([
  [undefined],
  [{}],
  [{ id: 'x' }],
  [{ id: 'dev-abcdefabcdef', more: 1 }],
  [['dev-abcdefabcdef']],
  [{ id: { toString: 'dev-abcdefabcdef' } }],
])('devices.remove with %o never reaches its handler', async (message) => {
  const handler = vi.fn()
  const { invoke } = await served({ 'devices.remove': handler })
  expect(await invoke('devices.remove', message)).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  expect(handler).not.toHaveBeenCalled()
})

test('a message with more than one argument is refused', async () => {
  const { invoke } = await served({ 'devices.remove': vi.fn() })
  const result = await invoke('devices.remove', { id: 'dev-abcdefabcdef' }, 'more')
  expect(result).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
})

test('messages that are too large or not plain data are refused before anything looks into them', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  for (const message of [['x'.repeat(300_000)], [cycle], [1n]]) {
    expect(() => {
      checkSize(message)
    }).toThrow('request-refused')
  }
})

test('an object with a prototype of its own is refused, a plain one arrives as a copy', async () => {
  const handler = vi.fn()
  const { invoke } = await served({ 'devices.remove': handler })
  const message = { id: 'dev-abcdefabcdef' }
  await invoke('devices.remove', message)
  expect(handler.mock.calls[0]?.[0]).toEqual(message)
  expect(handler.mock.calls[0]?.[0]).not.toBe(message)
  Object.setPrototypeOf(message, { evil: true })
  expect(await invoke('devices.remove', message)).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
  expect(handler).toHaveBeenCalledTimes(1)
})

test('an answer that does not fit its schema never leaves', async () => {
  const { invoke, incidents } = await served({ 'jobs.cancel': () => ({ secret: 'x' }) })
  const result = await invoke('jobs.cancel', { id: 'job-abcdefabcdef' })
  expect(result).toMatchObject({ ok: false, failure: { code: 'unexpected' } })
  expect(incidents).toHaveLength(1)
})

// H28
test('what goes wrong inside is an incident id for the window and a stack for the log', async () => {
  const { invoke, incidents } = await served({
    'jobs.list': () => {
      throw new Error('/home/engineer/secret: at x.ts:1')
    },
  })
  const result = await invoke('jobs.list')
  expect(JSON.stringify(result)).not.toContain('secret')
  expect(result).toMatchObject({ ok: false, failure: { code: 'unexpected' } })
  expect(incidents).toHaveLength(1)
})

test('a failure keeps its code and facts', async () => {
  const failure = { code: 'vault-gone', place: 'E:' } as const
  const { invoke } = await served({ 'jobs.list': () => Promise.reject(new FailureError(failure)) })
  expect(await invoke('jobs.list')).toEqual({ ok: false, failure })
})

// I08
test('a window gone wild is slowed down, and heard again after a while', () => {
  let now = 0
  const rate = new RateLimit(10, () => now)
  for (let count = 0; count < 10; count += 1) rate.take()
  expect(() => {
    rate.take()
  }).toThrow('request-refused')
  now += 200
  rate.take()
})

test('dropped files are places of strings only', async () => {
  const { invoke } = await served({})
  expect(await invoke(droppedFilesChannel, ['/a.zip'])).toEqual({ ok: true, value: ['/a.zip'] })
  expect(await invoke(droppedFilesChannel, [{ path: '/a' }])).toMatchObject({ ok: false })
  expect(await invoke(droppedFilesChannel, '/a')).toMatchObject({ ok: false })
})
