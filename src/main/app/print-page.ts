import type { BrowserWindow } from 'electron'
import { saveFile } from '../storage/save-file.ts'
import type { PrintShelf } from './print-shelf.ts'

/** Where a page goes: into a PDF file that a person named, or to the printer that they choose in the system's dialog. */
export type PrintTarget = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'printer' }

export interface PrintNeeds {
  readonly shelf: PrintShelf
  /** Makes a window that is never seen, without a bridge to main. */
  readonly createHiddenWindow: () => BrowserWindow
}

/** Prints a page that is one HTML document; gives false where the person closed the system's dialog. */
export type PrintPage = (html: string, target: PrintTarget, signal: AbortSignal) => Promise<boolean>

/**
 * Shows a page in a window of its own, which nobody sees, and prints it. The page is in memory only, and the window is
 * gone before this settles.
 * @throws FailureError `disk-full`, `storage-unwritable`, … for a file
 */
export function createPrintPage({ shelf, createHiddenWindow }: PrintNeeds): PrintPage {
  return async (html, target, signal) => {
    const window = createHiddenWindow()
    const address = shelf.put(html)
    try {
      await window.loadURL(address)
      if (target.kind === 'printer') return await printed(window)
      const pdf = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true })
      await saveFile(target.file, new Uint8Array(pdf), signal)
      return true
    } finally {
      shelf.drop(address)
      window.destroy()
    }
  }
}

async function printed(window: BrowserWindow): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    window.webContents.print({ printBackground: true }, (isDone, reason) => {
      if (isDone) resolve(true)
      else if (/cancel/i.test(reason)) resolve(false)
      else reject(new Error(`printing failed: ${reason}`))
    })
  })
}
