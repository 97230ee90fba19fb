import { beforeEach, describe, expect, test } from 'vitest'
import {
  filterTree,
  openTree,
  rowOf,
  toggleFolder,
  treeStore,
} from '../../../../src/renderer/features/browser/tree-store.ts'
import type { TreeRow } from '../../../../src/shared/model/entry.ts'
import { archiveIdSchema, type ArchiveId } from '../../../../src/shared/model/record.ts'
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
let archiveId: ArchiveId
let opened = 0

const shown = (): readonly string[] =>
  treeStore.getState().shown.map(({ row, level }) => `${String(level)} ${row.path}`)

beforeEach(async () => {
  opened += 1
  archiveId = archiveIdSchema.parse(`20261121t050500z-press-8-${String(100_000 + opened)}`)
  main = new FakeMain({
    'browse.open': () => ({ archiveId, container: 'zip', entries: 5, unpackedBytes: 21, unsafeEntries: 0 }),
    'browse.folder': ({ folder: path }) => folders[path] ?? [],
    'browse.find': ({ text }) =>
      Object.values(folders)
        .flat()
        .filter(({ kind, path }) => kind === 'file' && path.includes(text)),
  })
  Object.defineProperty(window, 'ferrite', { configurable: true, value: main })
  await openTree(archiveId)
})

describe('the tree of an archive', () => {
  test('begins with the top and reads a folder once, when it is opened', async () => {
    expect(shown()).toEqual(['1 etc', '1 readme'])
    await toggleFolder('etc', true)
    expect(shown()).toEqual(['1 etc', '2 etc/ssh', '2 etc/hosts', '1 readme'])
    await toggleFolder('etc', false)
    await toggleFolder('etc', true)
    expect(main.inputsOf('browse.folder').map(({ folder: path }) => path)).toEqual(['', 'etc'])
  })

  test('keeps what was open inside a folder that was closed meanwhile', async () => {
    await toggleFolder('etc', true)
    await toggleFolder('etc/ssh', true)
    await toggleFolder('etc', false)
    expect(shown()).toEqual(['1 etc', '1 readme'])
    await toggleFolder('etc', true)
    expect(shown()).toContain('3 etc/ssh/config')
  })

  test('stays as it was left when the same archive is opened again', async () => {
    await toggleFolder('etc', true)
    await openTree(archiveId)
    expect(shown()).toHaveLength(4)
    expect(main.inputsOf('browse.open')).toHaveLength(1)
  })

  test('shows what a filter finds in the whole archive, and the open tree again without it', async () => {
    await toggleFolder('etc', true)
    await filterTree(' config ')
    expect(shown()).toEqual(['1 etc/ssh/config'])
    expect(rowOf('etc/ssh/config')?.sizeBytes).toBe(7)
    await filterTree('')
    expect(shown()).toEqual(['1 etc', '2 etc/ssh', '2 etc/hosts', '1 readme'])
  })

  test('drops the answer to a filter that is no longer the one', async () => {
    let letGo: (rows: readonly TreeRow[]) => void = () => undefined
    main.answer({ 'browse.find': async () => await new Promise((resolve) => (letGo = resolve)) })
    const early = filterTree('host')
    await filterTree('')
    letGo([file('etc/hosts')])
    await early
    expect(shown()).toEqual(['1 etc', '1 readme'])
  })

  test('keeps what is shown where a folder cannot be read, and says why until one can', async () => {
    main.answer({ 'browse.folder': failing({ code: 'not-found', kind: 'entry', id: 'etc' }) })
    await toggleFolder('etc', true)
    expect(shown()).toEqual(['1 etc', '1 readme'])
    expect(treeStore.getState().failure).toMatchObject({ code: 'not-found' })
    main.answer({ 'browse.folder': ({ folder: path }) => folders[path] ?? [] })
    await toggleFolder('etc', true)
    expect(treeStore.getState().failure).toBeUndefined()
  })
})
