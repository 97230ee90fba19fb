import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { folderPage } from '../../../src/main/archives/tree.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { listFolder } from './outcomes.ts'

const { signal } = new AbortController()
const sizes: readonly (readonly [path: string, sizeBytes: number])[] = [
  ['b.txt', 1],
  ['dir/x', 10],
  ['dir/sub/y', 100],
  ['dir2/z', 1000],
  ['dir/sub/deeper/w', 10_000],
  ['äö/ü', 5],
  ['a.txt', 2],
]
const entries = sizes.map(([name, size]) => ({ name, content: 'x'.repeat(size) }))

describe('the tree of an archive', () => {
  test.each([
    ['zip', buildZip([...entries, { name: 'dir/hollow/', content: '' }])],
    ['tar', buildTar(...entries, { name: 'dir/hollow/', type: '5' })],
    ['tar.gz', gzipSync(buildTar(...entries, { name: 'dir/hollow/', type: '5' }))],
  ])('of a %s shows one level, folders first, with what is below them', async (_, bytes) => {
    await using archive = await openArchive(bytes)
    const shown = async (path: string): Promise<readonly unknown[]> =>
      (await listFolder(archive, path)).map(({ path: each, kind, sizeBytes, files }) => [
        each,
        kind,
        sizeBytes,
        files,
      ])
    expect(await shown('')).toEqual([
      ['dir', 'folder', 10_110, 3],
      ['dir2', 'folder', 1000, 1],
      ['äö', 'folder', 5, 1],
      ['a.txt', 'file', 2, undefined],
      ['b.txt', 'file', 1, undefined],
    ])
    expect(await shown('dir')).toEqual([
      ['dir/hollow', 'folder', 0, 0],
      ['dir/sub', 'folder', 10_100, 2],
      ['dir/x', 'file', 10, undefined],
    ])
    expect(await shown('dir/')).toEqual(await shown('dir'))
    expect(await shown('dir/sub/deeper')).toEqual([['dir/sub/deeper/w', 'file', 10_000, undefined]])
    expect(await shown('äö')).toEqual([['äö/ü', 'file', 5, undefined]])
    expect(await shown('di')).toEqual([])
    expect(await shown('a.txt')).toEqual([])
    expect(await shown('nowhere')).toEqual([])
  })

  test('gives a level in pages, in the order in which people look for names', async () => {
    const names = ['file10.txt', 'B', 'file2.txt', 'a', 'sub10/x', 'Sub2/x', 'file1.txt']
    await using archive = await openArchive(buildZip(names.map((name) => ({ name, content: '' }))))
    const page = async (from: number, count: number): Promise<readonly string[]> => {
      const { total, rows } = await folderPage(archive, '', { from, count, signal })
      expect(total).toBe(7)
      return rows.map(({ name }) => name)
    }
    expect(await page(0, 3)).toEqual(['Sub2', 'sub10', 'a'])
    expect(await page(3, 2)).toEqual(['B', 'file1.txt'])
    expect(await page(5, 500)).toEqual(['file2.txt', 'file10.txt'])
    expect(await page(7, 1)).toEqual([])
  })

  test('keeps the levels apart that were asked for, however many there are', async () => {
    const folders = Array.from({ length: 40 }, (_, at) => `d${String(at)}`)
    await using archive = await openArchive(
      buildZip(folders.map((folder) => ({ name: `${folder}/in ${folder}`, content: '' }))),
    )
    for (const folder of [...folders, ...folders]) {
      expect((await listFolder(archive, folder)).map(({ name }) => name)).toEqual([`in ${folder}`])
    }
  })

  test('names in code page 437 have their place in it', async () => {
    const name = Buffer.concat([Buffer.from([0x84]), Buffer.from('/a.txt')])
    await using archive = await openArchive(
      buildZip([
        { name, content: 'x' },
        { name: 'ä/b.txt', content: 'y' },
      ]),
    )
    expect((await listFolder(archive, '')).map(({ path, files }) => [path, files])).toEqual([['ä', 2]])
    expect((await listFolder(archive, 'ä')).map(({ path }) => path)).toEqual(['ä/a.txt', 'ä/b.txt'])
  })

  test('folders and files with unsafe names are marked', async () => {
    await using archive = await openArchive(
      buildZip([
        { name: 'CON/a', content: '' },
        { name: 'bb:c', content: '' },
      ]),
    )
    expect((await listFolder(archive, '')).map(({ name, restriction }) => [name, restriction])).toEqual([
      ['CON', 'unsafe-name'],
      ['bb:c', 'unsafe-name'],
    ])
  })
})
