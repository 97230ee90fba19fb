import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { expect, test, vi } from 'vitest'
import { createPrintPage } from '../../../src/main/app/print-page.ts'
import { PrintShelf } from '../../../src/main/app/print-shelf.ts'
import { newFolder } from '../storage/support/new-folder.ts'

const { signal } = new AbortController()

/** A window that fetches the page it is given, as Electron does, and prints what it fetched. */
function printer(shelf: PrintShelf, print: (text: string) => Promise<Buffer> | Buffer) {
  let shown = ''
  const window = {
    loadURL: vi.fn((address: string) => {
      shown = new TextDecoder().decode(shelf.take(new URL(address).pathname))
      return Promise.resolve()
    }),
    webContents: {
      printToPDF: async () => await print(shown),
      print: (_options: unknown, done: (isDone: boolean, reason: string) => void) => {
        done(false, 'Print job canceled')
      },
    },
    destroy: vi.fn(),
  }
  const createHiddenWindow = () => window as unknown as BrowserWindow
  return { window, printPage: createPrintPage({ shelf, createHiddenWindow }) }
}

test('a page becomes a file that its owner alone can read, and window and page are gone', async () => {
  const shelf = new PrintShelf()
  const { window, printPage } = printer(shelf, (text) => Buffer.from(`%PDF ${text}`))
  const file = join(await newFolder(), 'sheet.pdf')
  expect(await printPage('<p>key</p>', { kind: 'file', file }, signal)).toBe(true)
  expect(await readFile(file, 'utf8')).toBe('%PDF <p>key</p>')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(window.destroy).toHaveBeenCalledTimes(1)
})

test('a page that cannot be printed leaves no file, no window and no page', async () => {
  const shelf = new PrintShelf()
  const { window, printPage } = printer(shelf, () => Promise.reject(new Error('no printer')))
  const file = join(await newFolder(), 'sheet.pdf')
  await expect(printPage('<p>key</p>', { kind: 'file', file }, signal)).rejects.toThrow('no printer')
  await expect(stat(file)).rejects.toThrow('ENOENT')
  expect(window.destroy).toHaveBeenCalledTimes(1)
  const [address] = window.loadURL.mock.calls[0] as [string]
  expect(shelf.take(new URL(address).pathname)).toBeUndefined()
})

test('a person who closes the dialog of the printer has printed nothing, and that is no error', async () => {
  const { printPage } = printer(new PrintShelf(), () => Buffer.alloc(0))
  expect(await printPage('<p>key</p>', { kind: 'printer' }, signal)).toBe(false)
})
