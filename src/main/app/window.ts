import { BrowserWindow, type Session } from 'electron'
import { isOwnPage, startPage } from './policy.ts'

export interface WindowOptions {
  readonly session: Session
  /** The bridge to main; absent for a window that only shows a page. */
  readonly preload: string | undefined
  readonly icon: string | undefined
  readonly devTools: boolean
  readonly bounds: {
    readonly width: number
    readonly height: number
    readonly x?: number
    readonly y?: number
  }
  readonly background: string
  /** Such a window is never seen: it is there to print a page. */
  readonly isHidden?: true
}

/** The one place that makes windows: untrusted content in a sandbox without Node, on the own page for ever. */
export function createWindow({
  session,
  preload,
  icon,
  devTools,
  bounds,
  background,
  isHidden,
}: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Ferrite',
    backgroundColor: background,
    autoHideMenuBar: true,
    ...(icon !== undefined && { icon }),
    webPreferences: {
      session,
      ...(preload !== undefined && { preload }),
      devTools,
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
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  webContents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  if (isHidden !== true) {
    window.once('ready-to-show', () => {
      window.show()
    })
  }
  return window
}

/** Loads the start page; rejects where it cannot be loaded. */
export async function showStartPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(startPage)
}
