import { beforeEach, describe, expect, test } from 'vitest'
import {
  filterTree,
  openingOf,
  openTree,
  renewTree,
  rowAt,
  rowCountOf,
  showRows,
  stopOpening,
  toggleFolder,
  treeStore,
} from '../../../../src/renderer/features/browser/tree-store.ts'
import type { TreePage } from '../../../../src/renderer/features/browser/paged-tree.ts'
import type { TreeRow } from '../../../../src/shared/model/entry.ts'
import type { ArchivePlace } from '../../../../src/shared/model/place.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { FakeMain, failing } from '../../support/fake-main.ts'

const folder = (path: string): TreeRow => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  kind: 'folder',
  sizeBytes: 0,
})
const file = (path: string): TreeRow => ({ ...folder(path), kind: 'file', sizeBytes: 7 })
const folders: Readonly<Record<string, readonly TreeRow[]>> = {
  '': [folder('etc'), file('readme')],
  etc: [folder('etc/ssh'), file('etc/hosts')],
  'etc/ssh': [file('etc/ssh/config')],
}

let main: FakeMain
let place: ArchivePlace
let opened = 0

/** What is shown; a row that is not there yet is `…`. */
const shown = (): readonly string[] => {
  const state = treeStore.getState()
  return Array.from({ length: rowCountOf(state) }, (_, index) => {
    const row = rowAt(state, index)
    return row === undefined ? '…' : `${String(row.level)} ${row.row.path}`
  })
}
const askedFolders = (): readonly string[] =>
  main
    .inputsOf('browse.folder')
    .map(({ folder: path, from }) => (from === 0 ? path : `${path}@${String(from)}`))

/** As the window does when the rows in sight are others. */
const look = async (first = 0, end = 30): Promise<void> => {
  for (let round = 0; round < 5; round += 1) {
    showRows(first, end)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

beforeEach(async () => {
  opened += 1
  place = {
    archiveId: archiveIdSchema.parse(`20261121t050500z-press-8-${String(100_000 + opened)}`),
    inside: [],
  }
  main = new FakeMain({
    'browse.open': (input) => ({
      ...input.place,
      archiveId: place.archiveId,
      container: 'zip',
      entries: 5,
      archiveBytes: 100,
      unpackedBytes: 21,
      verdict: { verdict: 'ok' },
    }),
    'browse.stop': () => true,
    'browse.folder': ({ folder: path, from, count }) => pageOf(folders[path] ?? [], from, count),
    'browse.find': ({ text }) => {
      const rows = Object.values(folders)
        .flat()
        .filter(({ kind, path }) => kind === 'file' && path.includes(text))
      return { total: rows.length, rows }
    },
  })
  Object.defineProperty(window, 'ferrite', { configurable: true, value: main })
  await openTree(place)
  await look()
})

function pageOf(rows: readonly TreeRow[], from: number, count: number): TreePage {
  return { total: rows.length, rows: rows.slice(from, from + count) }
}

describe('the tree of an archive', () => {
  test('begins with the top and reads a folder once, when it is opened and in sight', async () => {
    expect(shown()).toEqual(['1 etc', '1 readme'])
    toggleFolder('etc', true)
    expect(shown()).toEqual(['1 etc', '…', '1 readme'])
    await look()
    expect(shown()).toEqual(['1 etc', '2 etc/ssh', '2 etc/hosts', '1 readme'])
    toggleFolder('etc', false)
    toggleFolder('etc', true)
    await look()
    expect(askedFolders()).toEqual(['', 'etc'])
  })

  test('stays as it was left when the same archive is opened again', async () => {
    toggleFolder('etc', true)
    await look()
    await openTree({ ...place })
    expect(shown()).toHaveLength(4)
    expect(main.inputsOf('browse.open')).toHaveLength(1)
  })

  test('is another one for an archive that lies in the archive', async () => {
    await openTree({ ...place, inside: ['readme'] })
    expect(main.inputsOf('browse.open').map((input) => input.place.inside)).toEqual([[], ['readme']])
    expect(shown()).toEqual(['…'])
    await look()
    expect(main.inputsOf('browse.folder').at(-1)?.place.inside).toEqual(['readme'])
  })

  test('says nothing about an archive that is not opened yet', () => {
    expect(openingOf(treeStore.getState(), { ...place }).phase).toBe('ready')
    expect(openingOf(treeStore.getState(), { ...place, inside: ['readme'] }).phase).toBe('loading')
  })

  test('reads what is in sight of a large folder, and passes over what is out of sight again', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => file(String(index)))
    let letGo: (() => void)[] = []
    main.answer({
      'browse.folder': async ({ from, count }) => {
        await new Promise<void>((resolve) => letGo.push(resolve))
        return pageOf(rows, from, count)
      },
    })
    const answer = async (): Promise<void> => {
      const waiting = letGo
      letGo = []
      for (const resolve of waiting) resolve()
      await new Promise((resolve) => setTimeout(resolve))
    }
    place = { ...place, inside: ['large'] }
    await openTree(place)
    const before = askedFolders().length
    showRows(0, 30)
    await answer()
    expect(rowCountOf(treeStore.getState())).toBe(100_000)
    // As when the scroll bar is dragged: only where it stops in between and at the end is read.
    for (let first = 5000; first <= 90_000; first += 5000) showRows(first, first + 30)
    await answer()
    await answer()
    expect(askedFolders().slice(before)).toEqual(['', '@5000', '@10000', '@90000'])
    expect(rowAt(treeStore.getState(), 90_007)?.row.name).toBe('90007')
    expect(rowAt(treeStore.getState(), 50_000)).toBeUndefined()
  })

  test('shows what a filter finds in the whole archive, and the open tree again without it', async () => {
    toggleFolder('etc', true)
    await look()
    await filterTree(' config ')
    expect(shown()).toEqual(['1 etc/ssh/config'])
    expect(treeStore.getState().found?.total).toBe(1)
    await filterTree('')
    expect(shown()).toEqual(['1 etc', '2 etc/ssh', '2 etc/hosts', '1 readme'])
  })

  test('drops the answer to a filter that is no longer the one', async () => {
    let letGo: (page: TreePage) => void = () => undefined
    main.answer({ 'browse.find': async () => await new Promise((resolve) => (letGo = resolve)) })
    const early = filterTree('host')
    await filterTree('')
    letGo({ total: 1, rows: [file('etc/hosts')] })
    await early
    expect(shown()).toEqual(['1 etc', '1 readme'])
  })

  test('keeps what is shown where a folder cannot be read, and says why until one can', async () => {
    main.answer({ 'browse.folder': failing({ code: 'not-found', kind: 'entry', id: 'etc' }) })
    toggleFolder('etc', true)
    await look()
    expect(shown()).toEqual(['1 etc', '1 readme'])
    expect(treeStore.getState().failure).toMatchObject({ code: 'not-found' })
    main.answer({ 'browse.folder': ({ folder: path }) => pageOf(folders[path] ?? [], 0, 500) })
    toggleFolder('etc', true)
    await look()
    expect(treeStore.getState().failure).toBeUndefined()
  })

  test('is told to stop only while it is being opened, and is opened again after that', async () => {
    await stopOpening()
    expect(main.inputsOf('browse.stop')).toEqual([])
    place = { ...place, inside: ['slow'] }
    let stop: () => void = () => undefined
    const cancelled = failing({ code: 'cancelled', phase: 'opening' })
    main.answer({
      'browse.open': async () => {
        await new Promise<void>((resolve) => (stop = resolve))
        return cancelled()
      },
      'browse.stop': () => {
        stop()
        return true
      },
    })
    const opening = openTree(place)
    await stopOpening()
    await opening
    expect(treeStore.getState().opened).toMatchObject({ phase: 'failed', failure: { code: 'cancelled' } })
    void openTree(place)
    expect(treeStore.getState().opened.phase).toBe('loading')
    expect(main.inputsOf('browse.open')).toHaveLength(3)
  })

  test('is opened again with a password', async () => {
    await openTree(place, 'secret')
    expect(main.inputsOf('browse.open').map(({ password }) => password)).toEqual([undefined, 'secret'])
  })

  test('takes no page that was on its way when the archive was opened anew', async () => {
    toggleFolder('etc', true)
    let letGo: (page: TreePage) => void = () => undefined
    main.answer({ 'browse.folder': async () => await new Promise((resolve) => (letGo = resolve)) })
    showRows(0, 30)
    const late = letGo
    main.answer({
      'browse.folder': ({ folder: path, from, count }) => pageOf(folders[path] ?? [], from, count),
    })
    const { opened: before } = treeStore.getState()
    if (before.phase !== 'ready') throw new Error('It was opened.')
    renewTree(place, { ...before.value, entries: 6 })
    await look()
    late({ total: 1, rows: [file('etc/late')] })
    await look()
    expect(shown()).toEqual(['1 etc', '2 etc/ssh', '2 etc/hosts', '1 readme'])
    expect(treeStore.getState().opened).toMatchObject({ value: { entries: 6 } })
  })

  test('stays as it is when another archive was opened anew', async () => {
    const { opened: before } = treeStore.getState()
    if (before.phase !== 'ready') throw new Error('It was opened.')
    renewTree({ ...place, inside: ['readme'] }, { ...before.value, entries: 6 })
    await look()
    expect(treeStore.getState().opened).toBe(before)
    expect(askedFolders()).toEqual([''])
  })
})
