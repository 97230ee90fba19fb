import { beforeEach, expect, test, vi } from 'vitest'
import type { Session } from 'electron'
import { makeFakeElectron } from './fake-electron.ts'

const electron = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeFakeElectron> }))
vi.mock(
  'electron',
  () => new Proxy({}, { get: (_, name) => Reflect.get(electron.current, name) as unknown, has: () => true }),
)

beforeEach(() => {
  electron.current = makeFakeElectron()
})

async function aWindow() {
  const { createWindow } = await import('../../../src/main/app/window.ts')
  const options = {
    session: electron.current.partitionSession as unknown as Session,
    preload: '/p.cjs',
    icon: undefined,
    devTools: false,
    background: '#fff',
  }
  createWindow({ ...options, bounds: { width: 1, height: 1 } })
  const [window] = electron.current.BrowserWindow.made.slice(-1)
  return window!
}

// H02, H03, H39
test('a window is sandboxed and isolated, without Node, web views or developer tools', async () => {
  const { options } = await aWindow()
  expect(options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    disableBlinkFeatures: 'Auxclick',
    devTools: false,
  })
  expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures')
})

// H17
test('a window opens no other window', async () => {
  const { webContents } = await aWindow()
  const [handler] = webContents.setWindowOpenHandler.mock.calls[0] as [() => { action: string }]
  expect(handler()).toEqual({ action: 'deny' })
})

// H16, H18
test.each([
  ['will-navigate', { url: 'https://evil' }, true],
  ['will-navigate', { url: 'app://ui/index.html' }, false],
  ['will-frame-navigate', { url: 'app://ui/index.html', isMainFrame: false }, true],
  ['will-frame-navigate', { url: 'app://ui/index.html', isMainFrame: true }, false],
  ['will-redirect', { url: 'app://ui/index.html' }, true],
  ['will-attach-webview', {}, true],
] as const)('%s of %o is prevented: %s', async (name, facts, prevented) => {
  const { webContents } = await aWindow()
  const event = { ...facts, preventDefault: vi.fn() }
  webContents.emit(name, event)
  expect(event.preventDefault.mock.calls.length > 0).toBe(prevented)
})

// H06
test('a window loads the own start page only', async () => {
  const { showStartPage } = await import('../../../src/main/app/window.ts')
  const window = await aWindow()
  await showStartPage(window as unknown as Parameters<typeof showStartPage>[0])
  expect(window.loadURL.mock.calls).toEqual([['app://ui/index.html']])
})

// H07
test('the own scheme is registered once, without fetch, service workers or a way around the policy', async () => {
  const { registerOwnScheme } = await import('../../../src/main/app/lock-down.ts')
  registerOwnScheme()
  expect(electron.current.protocol.registerSchemesAsPrivileged.mock.calls).toEqual([
    [
      [
        {
          scheme: 'app',
          privileges: { standard: true, secure: true, supportFetchAPI: false, allowServiceWorkers: false },
        },
      ],
    ],
  ])
})

// H14, H15, H50
test('every session denies permissions and lets nothing but the own scheme through', async () => {
  const { lockedSession } = await import('../../../src/main/app/lock-down.ts')
  lockedSession(new Map())
  const { session, partitionSession } = electron.current
  expect(session.fromPartition.mock.calls).toEqual([['ferrite', { cache: false }]])
  for (const one of [session.defaultSession, partitionSession]) {
    const decide = vi.fn()
    const [request] = one.setPermissionRequestHandler.mock.calls[0] as [
      (a: unknown, b: unknown, c: unknown) => void,
    ]
    request(undefined, 'media', decide)
    expect(decide.mock.calls).toEqual([[false]])
    const [check] = one.setPermissionCheckHandler.mock.calls[0] as [() => boolean]
    const [device] = one.setDevicePermissionHandler.mock.calls[0] as [() => boolean]
    expect([check(), device()]).toEqual([false, false])
    const [before] = one.webRequest.onBeforeRequest.mock.calls[0] as [
      (details: { url: string }, done: (answer: { cancel: boolean }) => void) => void,
    ]
    const answers: boolean[] = []
    for (const url of ['https://evil/x', 'file:///etc/passwd', 'app://ui/index.html']) {
      before({ url }, ({ cancel }) => answers.push(cancel))
    }
    expect(answers).toEqual([true, true, false])
  }
})

// H34, I25
test('certificates and logins that the window asks about are refused', async () => {
  const { refuseForeignTrust } = await import('../../../src/main/app/lock-down.ts')
  refuseForeignTrust()
  const event = { preventDefault: vi.fn() }
  const decide = vi.fn()
  const { app } = electron.current
  app.emit('certificate-error', event, undefined, 'https://x', 'expired', undefined, decide)
  app.emit('select-client-certificate', event)
  app.emit('login', event)
  expect(decide.mock.calls).toEqual([[false]])
  expect(event.preventDefault).toHaveBeenCalledTimes(3)
})

// H02, H23
test('a window that only prints has no bridge and is never shown', async () => {
  const { createWindow } = await import('../../../src/main/app/window.ts')
  const session = electron.current.partitionSession as unknown as Session
  const look = {
    session,
    icon: undefined,
    devTools: false,
    background: '#fff',
    bounds: { width: 1, height: 1 },
  }
  createWindow({ ...look, preload: undefined, isHidden: true })
  const window = electron.current.BrowserWindow.made.at(-1)!
  window.emit('ready-to-show')
  expect(window.show).not.toHaveBeenCalled()
  expect(window.options.webPreferences).not.toHaveProperty('preload')
  expect(window.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, session })
})
