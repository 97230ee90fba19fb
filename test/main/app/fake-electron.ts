import { EventEmitter } from 'node:events'
import { vi } from 'vitest'

/** Records what the shell asks of Electron; answers nothing by itself. */
export function makeFakeElectron() {
  class FakeContents extends EventEmitter {
    readonly id = 7
    readonly mainFrame = { url: 'app://ui/index.html' }
    readonly setWindowOpenHandler = vi.fn()
    readonly send = vi.fn()
    readonly isDestroyed = () => false
  }
  class FakeWindow extends EventEmitter {
    static readonly made: FakeWindow[] = []
    readonly webContents = new FakeContents()
    readonly show = vi.fn()
    readonly loadURL = vi.fn(() => Promise.resolve())
    readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> }
    constructor(options: FakeWindow['options']) {
      super()
      this.options = options
      FakeWindow.made.push(this)
    }
  }
  const makeSession = () => ({
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  })
  const defaultSession = makeSession()
  const partitionSession = makeSession()
  return {
    BrowserWindow: FakeWindow,
    app: new EventEmitter(),
    protocol: { registerSchemesAsPrivileged: vi.fn() },
    session: { defaultSession, fromPartition: vi.fn(() => partitionSession) },
    partitionSession,
    ipcMain: { handle: vi.fn() },
    safeStorage: {
      getSelectedStorageBackend: vi.fn(() => 'basic_text'),
      isEncryptionAvailable: vi.fn(() => true),
      encryptString: vi.fn((text: string) => Buffer.from(text).reverse()),
      decryptString: vi.fn((sealed: Buffer) => Buffer.from(sealed).reverse().toString()),
    },
  }
}
