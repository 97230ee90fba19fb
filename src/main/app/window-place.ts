import { join } from 'node:path'
import { screen, type BrowserWindow } from 'electron'
import { z } from '../../shared/schema.ts'
import { readDurably, writeDurably } from '../storage/durable-file.ts'

const placeSchema = z.object({
  format: z.literal(1),
  width: z.number().int().min(900).max(20_000),
  height: z.number().int().min(600).max(20_000),
  x: z.number().int().optional(),
  y: z.number().int().optional(),
})
type Place = z.infer<typeof placeSchema>
/** A window that is being dragged moves many times a second. */
const writeAfterMs = 300
const first: Place = { format: 1, width: 1280, height: 820 }

/** Where the window was; the default where nothing good is remembered or that screen is gone. */
export async function readWindowPlace(home: string) {
  // A damaged place is no loss worth a message: the next move of the window writes a good one.
  const {
    format: _,
    x,
    y,
    ...size
  } = (await readDurably(fileIn(home), placeSchema, 1).catch(() => first)) ?? first
  const visible = screen
    .getAllDisplays()
    .some(({ bounds }) => x !== undefined && y !== undefined && x >= bounds.x && x < bounds.x + bounds.width)
  return visible && x !== undefined && y !== undefined ? { ...size, x, y } : size
}

/** Writes the place down soon after the window was moved or sized: when it closes, the app may end before a write. */
export function rememberWindowPlace(window: BrowserWindow, home: string): void {
  let waiting: NodeJS.Timeout | undefined
  const write = (): void => {
    const place: Place = { format: 1, ...window.getNormalBounds() }
    // Nothing is lost where this cannot be written: the window opens at its default place.
    writeDurably(fileIn(home), placeSchema, place).catch(() => undefined)
  }
  const writeSoon = (): void => {
    clearTimeout(waiting)
    waiting = setTimeout(write, writeAfterMs)
  }
  window.on('resize', writeSoon)
  window.on('move', writeSoon)
  window.on('close', () => {
    clearTimeout(waiting)
    write()
  })
}

function fileIn(home: string): string {
  return join(home, 'window-place.json')
}
