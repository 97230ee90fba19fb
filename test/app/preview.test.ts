import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import type { ElectronApplication, Locator, Page } from 'playwright/test'
import { windowBrowse as browse } from '../../src/shared/text/en/window-browse.ts'
import { windowPreview as words } from '../../src/shared/text/en/window-preview.ts'
import { buildTar } from '../corpus/tar-bytes.ts'
import { buildZip, type RawEntry } from '../corpus/zip-bytes.ts'
import { ask, endOf } from './bridge.ts'
import { expect, test, type RunningApp } from './ferrite.ts'

test.use({ practice: { devices: [] } })

/** A real picture, half of it transparent. */
function picture(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 4)
    for (let x = 0; x < width; x += 1) {
      row.writeUInt32BE(x < width / 2 ? 0x1f6fd0ff : (y * 4) % 256, 1 + x * 4)
    }
    return row
  })
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    const checksum = Buffer.alloc(4)
    checksum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, checksum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const noise = Buffer.alloc(400 * 1024)
for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2654435761) >>> 24
const snap = 'public/snaps/amd64/release/ctrlx-node-red-3.2.1.snap'
// Made by 7-Zip: `secret.txt` with "hidden", AES-256, password "hunter2".
const locked = Buffer.from(
  'UEsDBDMAAQBjAAY4fF0AAAAAIgAAAAYAAAAKAAsAc2VjcmV0LnR4dAGZBwACAEFFAwAAc3PluOVC2vCSid2oiIKjHpf8O6xsdJgiJA4q3fFr3B5M6VBLAQI/AzMAAQBjAAY4fF0AAAAAIgAAAAYAAAAKAC8AAAAAAAAAIICkgQAAAABzZWNyZXQudHh0CgAgAAAAAAABABgA0sRdHAZ/3QEAAAAAAAAAAAAAAAAAAAAAAZkHAAIAQUUDAABQSwUGAAAAAAEAAQBnAAAAVQAAAAAA',
  'base64',
)

const made: readonly RawEntry[] = [
  {
    name: 'x/settings.json',
    content: '{"host":"press-8","users":{"a":{"password":"hunter2","psk":"s3cret"}},"axes":[1,2]}',
  },
  {
    name: 'x/station.xml',
    content: '<?xml version="1.0"?><station><axis id="1"><min>-120</min></axis></station>',
  },
  { name: 'x/dump.sql', content: '-- MariaDB dump\nCREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\n' },
  { name: 'x/line.txt', content: 'long '.repeat(400_000) },
  { name: 'x/logo.png', content: picture(640, 360) },
  { name: 'x/broken.png', content: picture(64, 64).subarray(0, 60) },
  { name: 'x/noise.bin', content: noise, method: 8 },
  { name: 'x/node-red.app', content: buildTar({ name: snap, content: noise.subarray(0, 5000) }), method: 0 },
  { name: 'x/locked.zip', content: locked, method: 8 },
]

/** An archive with files of every kind in it, imported and opened in the window. */
async function openMade({ app, page }: RunningApp, folder: string): Promise<void> {
  const file = join(folder, 'made.zip')
  await writeFile(
    file,
    buildZip([{ name: 'ctrlx-setup.json', content: '{"system":{"hostname":"press-8"}}' }, ...made]),
  )
  await choose(app, file)
  const job = await ask(page, 'archives.import', { family: 'ctrlx-core' })
  if (job === undefined) throw new Error('nothing is imported')
  await endOf(page, job)
  await page.keyboard.press('ControlOrMeta+2')
  await page.getByRole('grid', { name: 'Archives', exact: true }).getByRole('row').nth(1).dblclick()
  await expect(page.getByRole('treegrid', { name: 'Contents' })).toBeVisible()
}

async function choose(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, file)
}

/** Finds a file by its name and shows it, with the keyboard alone. */
async function show(page: Page, name: string): Promise<Locator> {
  await page.getByLabel('Find a file by name').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(name)
  const contents = page.getByRole('treegrid', { name: 'Contents' })
  await expect(contents.getByRole('row').filter({ hasText: name })).toHaveCount(1)
  await tabTo(page, contents)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const preview = page.getByRole('region', { name: new RegExp(`${name.replace('.', '\\.')}$`) })
  await expect(preview).toBeVisible()
  return preview
}

/** Tabs until the focus is in a place, and presses it where it is a button. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 40; stop += 1) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error('it was not reached with 40 tabs')
}

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

const shots = process.env['FERRITE_SHOTS']
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) })
  }
}

test('text is laid out, folded and searched, and its secrets are covered until they are asked for', async ({
  ferrite,
  folder,
}) => {
  const { page } = ferrite
  await openMade(ferrite, folder)
  const json = await show(page, 'settings.json')
  const text = json.getByRole('textbox', { name: /settings\.json/ })
  await expect(text).toContainText('"host": "press-8"')
  await expect(text).not.toContainText('hunter2')
  await shot(page, 'json')
  await expect(json.getByText(words.covered('2', false))).toBeVisible()
  await press(page, json.getByRole('button', { name: words.reveal(false) }))
  await expect(text).toContainText('"password": "hunter2"')
  await shot(page, 'revealed')
  await tabTo(page, text)
  await page.keyboard.press('ControlOrMeta+Alt+[')
  await expect(text).not.toContainText('hunter2')
  await page.keyboard.press('ControlOrMeta+Alt+]')
  await page.keyboard.press('ControlOrMeta+f')
  await page.keyboard.type('axes')
  await expect(json.locator('.cm-searchMatch')).toHaveCount(1)
  await shot(page, 'search')

  // Another file, and this one again: nothing remembers that it was shown.
  const xml = await show(page, 'station.xml')
  await expect(xml.getByRole('textbox', { name: /station/ })).toContainText('<min>-120</min>')
  await expect(xml.locator('.cm-line')).toHaveCount(6)
  await show(page, 'settings.json')
  await expect(text).not.toContainText('hunter2')
  await expect((await show(page, 'dump.sql')).locator('.cm-line').first()).toContainText('MariaDB')
  await shot(page, 'sql')
})

test('a line of two megabytes is cut, said so, and freezes nothing', async ({ ferrite, folder }) => {
  const { page } = ferrite
  await openMade(ferrite, folder)
  const line = await show(page, 'line.txt')
  await expect(line.getByText(/^The first .* are shown\.$/)).toBeVisible()
  await tabTo(page, line.getByRole('switch', { name: words.wrap }))
  const start = Date.now()
  await page.keyboard.press('Space')
  await page.keyboard.press('Space')
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  })
  expect(Date.now() - start).toBeLessThan(5000)
  await shot(page, 'line')
})

test('pictures are drawn, bytes are paged through, and archives inside open', async ({ ferrite, folder }) => {
  const { page } = ferrite
  await openMade(ferrite, folder)
  const image = await show(page, 'logo.png')
  await expect(image.getByText('Picture, 640 × 360 pixels')).toBeVisible()
  const canvas = image.locator('canvas')
  await expect
    .poll(
      async () =>
        await canvas.evaluate((drawn: HTMLCanvasElement) => {
          const { data } = drawn.getContext('2d')!.getImageData(1, 1, 1, 1)
          return [drawn.width, drawn.height, ...data]
        }),
    )
    .toEqual([640, 360, 0x1f, 0x6f, 0xd0, 0xff])
  await shot(page, 'image')
  await expect((await show(page, 'broken.png')).getByText(words.imageDamaged)).toBeVisible()

  const bytes = await show(page, 'noise.bin')
  const table = bytes.getByRole('table', { name: /noise\.bin/ })
  await tabTo(page, table)
  await page.keyboard.press('End')
  const last = (noise.length - 16).toString(16).padStart(8, '0')
  const row = table.getByRole('row').filter({ hasText: last })
  await expect(row).toContainText(
    noise
      .subarray(-16)
      .subarray(0, 3)
      .toString('hex')
      .replace(/..(?=.)/g, '$& '),
  )
  await shot(page, 'bytes')

  const app = await show(page, 'node-red.app')
  await expect(app.getByText(words.opensAs.tar)).toBeVisible()
  await shot(page, 'nested')
  await press(page, app.getByRole('button', { name: words.open }))
  const inner = await show(page, 'ctrlx-node-red-3.2.1.snap')
  await expect(inner.getByText('Bytes').first()).toBeVisible()
  await shot(page, 'inside')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByRole('navigation', { name: browse.way })).toBeHidden()

  const zip = await show(page, 'locked.zip')
  await press(page, zip.getByRole('button', { name: words.open }))
  const secret = await show(page, 'secret.txt')
  const field = secret.getByLabel(words.password.label, { exact: true })
  await tabTo(page, field)
  await page.keyboard.type('hunter3')
  await page.keyboard.press('Enter')
  await expect(secret.getByText(words.password.wrong)).toBeVisible()
  await shot(page, 'password')
  await tabTo(page, field)
  await page.keyboard.type('hunter2')
  await page.keyboard.press('Enter')
  await expect(secret.getByRole('textbox', { name: /secret\.txt/ })).toContainText('hidden')
})
