import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ArchiveShelf } from '../../../src/main/browsing/archive-shelf.ts'
import { ParserPool } from '../../../src/main/parser-host/parser-pool.ts'
import type { ParserPort } from '../../../src/main/parser-host/parser-port.ts'
import { archiveIdSchema } from '../../../src/shared/model/record.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { inlineParser } from '../inline-parser.ts'

const never = new AbortController().signal

/** A shelf over real archives, each named by its id, and the processes that were started for it. */
async function newShelf() {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-shelf-'))
  const ports: ParserPort[] = []
  const exits: (() => void)[] = []
  const pool = new ParserPool(() => {
    const port = inlineParser()()
    ports.push(port)
    return { ...port, onExit: (listener: () => void) => exits.push(listener) }
  })
  let openings = 0
  const shelf = new ArchiveShelf(async ({ archiveId, inside }, outer, options) => {
    openings += 1
    const path = inside.at(-1)
    if (outer && path !== undefined) return await outer.openInside(path, options)
    const file = join(folder, `${archiveId}.zip`)
    return await pool.open({ ...options, file, name: archiveId, lane: 'front' })
  })
  onTestFinished(async () => {
    await shelf[Symbol.asyncDispose]()
    pool[Symbol.dispose]()
    await rm(folder, { recursive: true })
  })
  const add = async (number: number): Promise<{ archiveId: ReturnType<typeof idOf>; inside: string[] }> => {
    const archiveId = idOf(number)
    const inner = buildZip([{ name: 'deep.txt', content: 'deep' }])
    const zip = buildZip([
      { name: 'a.txt', content: String(number) },
      { name: 'inner.zip', content: inner },
    ])
    await writeFile(join(folder, `${archiveId}.zip`), zip)
    return { archiveId, inside: [] }
  }
  return { shelf, add, ports, exits, openings: () => openings }
}

function idOf(number: number) {
  return archiveIdSchema.parse(`20261128t06000${String(number)}z-press-7-00000${String(number)}`)
}

test('an archive that is asked for again is not opened again', async () => {
  const { shelf, add, openings } = await newShelf()
  const place = await add(1)
  const names = await Promise.all([
    shelf.with(place, never, ({ count }) => count),
    shelf.with(place, never, ({ count }) => count),
  ])
  expect(names).toEqual([2, 2])
  expect(openings()).toBe(1)
})

test('after its process has ended an archive is opened again, in another one', async () => {
  const { shelf, add, ports, exits, openings } = await newShelf()
  const place = await add(1)
  await shelf.with(place, never, () => undefined)
  exits[0]?.()
  const entry = await shelf.with(place, never, (archive) => archive.find('a.txt'))
  expect(entry).toMatchObject({ path: 'a.txt' })
  expect(openings()).toBe(2)
  expect(ports).toHaveLength(2)
})

test('an archive inside another one is opened through it', async () => {
  const { shelf, add, openings } = await newShelf()
  const place = await add(1)
  const inner = { ...place, inside: ['inner.zip'] }
  expect(await shelf.with(inner, never, (archive) => archive.find('deep.txt'))).toMatchObject({
    sizeBytes: 4,
  })
  expect(openings()).toBe(2)
})

test('the last few stay open, and closing the shelf closes them all', async () => {
  const { shelf, add, openings } = await newShelf()
  const places = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(add))
  for (const place of places) await shelf.with(place, never, () => undefined)
  const last = places.at(-1)!
  await shelf.with(last, never, () => undefined)
  expect(openings()).toBe(8)
  await shelf.with(places[0]!, never, () => undefined)
  expect(openings()).toBe(9)
})

test('an archive that cannot be opened is tried again the next time', async () => {
  const { shelf, add, openings } = await newShelf()
  const missing = { archiveId: idOf(9), inside: [] }
  await expect(shelf.with(missing, never, () => undefined)).rejects.toThrow('file-unreadable')
  await expect(shelf.with(missing, never, () => undefined)).rejects.toThrow('file-unreadable')
  expect(openings()).toBe(2)
  await add(1)
})

test('one who stops waiting leaves the opening to the others; the last one ends it', async () => {
  const { opened, shelf } = newSlowShelf()
  const place = { archiveId: idOf(1), inside: [] }
  const [first, second] = [new AbortController(), new AbortController()]
  const one = shelf.with(place, first.signal, () => 'one')
  const other = shelf.with(place, second.signal, () => 'other')
  first.abort(new Error('enough'))
  await expect(one).rejects.toThrow('enough')
  expect(opened.signal?.aborted).toBe(false)
  second.abort(new Error('enough, too'))
  await expect(other).rejects.toThrow('enough, too')
  expect(opened.signal?.aborted).toBe(true)
})

/** A shelf whose archives are never opened. */
function newSlowShelf() {
  const opened: { signal?: AbortSignal } = {}
  const shelf = new ArchiveShelf((_place, _outer, { signal }) => {
    opened.signal = signal
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error)
      })
    })
  })
  return { opened, shelf }
}
