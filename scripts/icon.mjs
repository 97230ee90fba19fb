/**
 * Draws assets/icon.svg into the formats that the systems want:
 *
 *   node scripts/electron-runtime.mjs run --display electron scripts/icon.mjs
 *
 * Run by hand after a change of the drawing; its results are in the repository.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

const assets = join(import.meta.dirname, '..', 'assets')
const icoSizes = [16, 24, 32, 48, 64, 128, 256]
/** Type codes of Apple's icon container for PNG content. */
const icnsTypes = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }

app.disableHardwareAcceleration()
app.commandLine.appendSwitch('force-device-scale-factor', '1')
app
  .whenReady()
  .then(draw)
  .then(
    () => app.exit(0),
    (error) => {
      process.stderr.write(`${error.stack}\n`)
      app.exit(1)
    },
  )

async function draw() {
  const svg = await readFile(join(assets, 'icon.svg'), 'utf8')
  const window = new BrowserWindow({ show: false, webPreferences: { offscreen: true } })
  await window.loadURL('data:text/html,<canvas></canvas>')
  /** @param {number} size @returns {Promise<Buffer>} */
  const png = async (size) => {
    const url = await window.webContents.executeJavaScript(`(async () => {
      const image = new Image(${size}, ${size})
      image.src = 'data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}'
      await image.decode()
      const canvas = document.querySelector('canvas')
      canvas.width = canvas.height = ${size}
      canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size})
      return canvas.toDataURL('image/png')
    })()`)
    return Buffer.from(url.split(',')[1], 'base64')
  }
  await writeFile(join(assets, 'icon.png'), await png(512))
  await writeFile(join(assets, 'icon.ico'), ico(await all(icoSizes, png)))
  await writeFile(join(assets, 'icon.icns'), icns(await all(Object.values(icnsTypes), png)))
}

/** @param {readonly number[]} sizes @param {(size: number) => Promise<Buffer>} png */
async function all(sizes, png) {
  const images = new Map()
  for (const size of sizes) images.set(size, await png(size))
  return images
}

/** Windows' icon container: a table of sizes and offsets, then the images. @param {ReadonlyMap<number, Buffer>} images */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.size)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.size, 4)
  let at = 6
  let offset = header.length
  for (const [size, image] of images) {
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(image.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    at += 16
    offset += image.length
  }
  return Buffer.concat([header, ...images.values()])
}

/** @param {ReadonlyMap<number, Buffer>} images */
function icns(images) {
  const chunks = Object.entries(icnsTypes).map(([type, size]) =>
    chunk(type, images.get(size) ?? Buffer.alloc(0)),
  )
  return chunk('icns', Buffer.concat(chunks))
}

/** @param {string} type @param {Buffer} content */
function chunk(type, content) {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([header, content])
}
