import { url as inspectorAddress } from 'node:inspector'
import { join } from 'node:path'
import { app, dialog, nativeTheme, type BrowserWindow } from 'electron'
import type { Settings } from '../shared/model/settings.ts'
import { failureText } from '../shared/text/index.ts'
import { shell as germanText } from '../shared/text/de/shell.ts'
import { shell as englishText } from '../shared/text/en/shell.ts'
import { readBundle } from './app/bundle.ts'
import { createBeginDrag } from './app/begin-drag.ts'
import { createDialogs } from './app/dialogs.ts'
import { DragShelf } from './app/drag-shelf.ts'
import { createIncidentLog } from './app/incident-log.ts'
import { lockedSession, refuseForeignTrust, registerOwnScheme } from './app/lock-down.ts'
import { refusedSwitch } from './app/policy.ts'
import { createPrintPage } from './app/print-page.ts'
import { PrintShelf } from './app/print-shelf.ts'
import { createCopySecret } from './app/secret-clipboard.ts'
import { startUtilityParser } from './app/utility-parser.ts'
import { createWindow, showStartPage } from './app/window.ts'
import { readWindowPlace, rememberWindowPlace } from './app/window-place.ts'
import { compose, type Ferrite } from './compose.ts'
import { createSendEvent } from './ipc/events.ts'
import { annotationHandlers } from './ipc/handlers/annotation-handlers.ts'
import { appHandlers } from './ipc/handlers/app-handlers.ts'
import { archiveHandlers, importFiles } from './ipc/handlers/archive-handlers.ts'
import { browseHandlers } from './ipc/handlers/browse-handlers.ts'
import { lensHandlers } from './ipc/handlers/lens-handlers.ts'
import { compareHandlers } from './ipc/handlers/compare-handlers.ts'
import { bridgeHandlers } from './ipc/handlers/bridge-handlers.ts'
import { deviceHandlers } from './ipc/handlers/device-handlers.ts'
import { folderHandlers } from './ipc/handlers/folder-handlers.ts'
import { keyHandlers } from './ipc/handlers/key-handlers.ts'
import { moveHandlers } from './ipc/handlers/move-handlers.ts'
import { procedureHandlers } from './ipc/handlers/procedure-handlers.ts'
import { fitHandlers } from './ipc/handlers/fit-handlers.ts'
import { refusedHandlers } from './ipc/handlers/refused-handlers.ts'
import { restoreHandlers } from './ipc/handlers/restore-handlers.ts'
import { searchHandlers } from './ipc/handlers/search-handlers.ts'
import { takeOutHandlers } from './ipc/handlers/take-out-handlers.ts'
import { RateLimit } from './ipc/rate-limit.ts'
import { serve } from './ipc/serve.ts'
import { createToFailure } from './jobs/to-failure.ts'
import { openKeychain } from './secrets/keychain.ts'
import { defaultHome } from './settings/home.ts'

const requestsPerSecond = 200
const home = defaultHome()
process.umask(0o077)
app.setPath('userData', join(home, 'window'))
const logIncident = createIncidentLog(home)
registerOwnScheme()
refuseForeignTrust()
if (process.env['FERRITE_PASSWORD_STORE'] !== undefined) {
  app.commandLine.appendSwitch('password-store', process.env['FERRITE_PASSWORD_STORE'])
}
// With --no-sandbox (only as root in tests) Chromium cannot sandbox its network service and would restart it for ever.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()

// Only a build whose fuse lets it be inspected can be, and whoever inspects it may do everything anyway: test drivers
// need these switches there. What ships has the fuse off.
const isInspected = inspectorAddress() !== undefined
const refused = app.isPackaged && !isInspected ? refusedSwitch(process.argv.slice(1)) : undefined
if (refused !== undefined) {
  dialog.showErrorBox('Ferrite', englishText.refusedSwitch(refused))
  app.exit(1)
} else if (!app.requestSingleInstanceLock()) {
  app.exit(0)
} else {
  // Not awaited: Electron is ready only after this module has loaded.
  app.whenReady().then(start).catch(cannotStart)
}

async function start(): Promise<void> {
  const ferrite = await compose({
    home,
    secretStore: await openKeychain(home),
    logIncident,
    // Bundled beside this file, as every process of its own.
    startParser: () => startUtilityParser(join(import.meta.dirname, 'parser-process.js')),
  })
  let window: BrowserWindow | undefined
  let settings: Settings = await ferrite.settings.read()
  const shownWindow = (): BrowserWindow => {
    if (!window) throw new Error('there is no window')
    return window
  }
  const send = createSendEvent(() => window?.webContents)
  const applySettings = (changed: Settings): void => {
    settings = changed
    nativeTheme.themeSource = changed.theme
    send('settings.changed', changed)
  }
  applySettings(settings)
  const dialogs = createDialogs(shownWindow, () => (settings.language === 'de' ? germanText : englishText))
  const ending = new AbortController()
  const copySecret = createCopySecret(ending.signal)
  const shelf = new PrintShelf()
  const drags = new DragShelf(home)
  await drags.wipe()
  const beginDrag = createBeginDrag(() => shownWindow().webContents)
  const session = lockedSession(await readBundle(join(import.meta.dirname, '../renderer')), shelf)
  const look = { session, icon: undefined }
  const printPage = createPrintPage({
    shelf,
    createHiddenWindow: () =>
      createWindow({
        ...look,
        preload: undefined,
        devTools: false,
        bounds: { width: 900, height: 1200 },
        background: '#ffffff',
        isHidden: true,
      }),
  })
  serve({
    handlers: {
      ...appHandlers(ferrite, applySettings),
      ...deviceHandlers(ferrite),
      ...folderHandlers(ferrite, dialogs),
      ...moveHandlers(ferrite),
      ...archiveHandlers(ferrite, dialogs),
      ...browseHandlers(ferrite),
      ...takeOutHandlers(ferrite, { dialogs, drags, beginDrag }),
      ...lensHandlers(ferrite),
      ...compareHandlers(ferrite),
      ...searchHandlers(ferrite),
      ...refusedHandlers(ferrite, dialogs),
      ...restoreHandlers(ferrite, dialogs),
      ...fitHandlers(ferrite, { dialogs, printPage }),
      ...bridgeHandlers(ferrite, dialogs),
      ...procedureHandlers(ferrite, copySecret),
      ...keyHandlers(ferrite, { dialogs, copySecret, printPage }),
      ...annotationHandlers(ferrite),
    },
    importFiles: async (files, deviceId) => {
      const device = deviceId && (await ferrite.inventory.get(deviceId))
      return importFiles(ferrite, files, { ...(device && { device }) }).map(({ id }) => id)
    },
    windowId: () => window?.webContents.id,
    toFailure: ferrite.toFailure,
    rate: new RateLimit(requestsPerSecond),
    signal: ending.signal,
  })
  ferrite.jobs.onChange((job) => {
    send('jobs.changed', job)
  })
  ferrite.search.onChange((state) => {
    send('search.changed', state)
  })
  ferrite.inventory.onChange(() => {
    send('devices.changed', undefined)
  })
  ferrite.procedures.onChange((procedure) => {
    send('procedures.changed', procedure)
  })
  ferrite.annotations.onChange(() => {
    send('annotations.changed', undefined)
  })
  ferrite.catalog.onChange(() => {
    send('archives.changed', undefined)
  })
  ferrite.vault.refusals.onChange(() => {
    send('archives.changed', undefined)
  })
  const open = async (): Promise<void> => {
    window = createWindow({
      ...look,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      devTools: !app.isPackaged,
      bounds: await readWindowPlace(home),
      background: nativeTheme.shouldUseDarkColors ? '#16181a' : '#f7f7f5',
    })
    rememberWindowPlace(window, home)
    window.on('closed', () => {
      window = undefined
    })
    await showStartPage(window)
  }
  const show = (): void => {
    if (window) window.focus()
    else open().catch(cannotStart)
  }
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform === 'darwin') return
    // Closing the window stops nothing: the app ends when the last job has, unless it was opened again by then.
    void ferrite.jobs.idle().then(() => {
      if (!window) app.quit()
    })
  })
  endCleanly(ferrite, ending, drags)
  await open()
}

/** A person or the system ends the app: what may be cancelled is, a device that is being changed is waited for. */
function endCleanly(ferrite: Ferrite, ending: AbortController, drags: DragShelf): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    ending.abort()
    ferrite
      .close()
      .then(async () => drags.wipe())
      .catch((error: unknown) => {
        logIncident('closing', error)
      })
      .finally(() => {
        closed = true
        app.quit()
      })
  })
}

function cannotStart(error: unknown): void {
  const { cause, next } = failureText(createToFailure(logIncident)(error), 'en')
  dialog.showErrorBox('Ferrite', englishText.cannotStart(`${cause}\n\n${next}`))
  app.exit(1)
}
