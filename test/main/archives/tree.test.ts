import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { listFolder } from '../../../src/main/archives/tree.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

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
    const shown = (path: string): readonly (readonly [string, string, number, number | undefined])[] =>
      listFolder(archive, path).map(
        ({ path: each, kind, sizeBytes, files }) => [each, kind, sizeBytes, files] as const,
      )
    expect(shown('')).toEqual([
      ['dir', 'folder', 10_110, 3],
      ['dir2', 'folder', 1000, 1],
      ['äö', 'folder', 5, 1],
      ['a.txt', 'file', 2, undefined],
      ['b.txt', 'file', 1, undefined],
    ])
    expect(shown('dir')).toEqual([
      ['dir/hollow', 'folder', 0, 0],
      ['dir/sub', 'folder', 10_100, 2],
      ['dir/x', 'file', 10, undefined],
    ])
    expect(shown('dir/')).toEqual(shown('dir'))
    expect(shown('dir/sub/deeper')).toEqual([['dir/sub/deeper/w', 'file', 10_000, undefined]])
    expect(shown('äö')).toEqual([['äö/ü', 'file', 5, undefined]])
    expect(shown('di')).toEqual([])
    expect(shown('a.txt')).toEqual([])
    expect(shown('nowhere')).toEqual([])
  })

  test('names in code page 437 have their place in it', async () => {
    const name = Buffer.concat([Buffer.from([0x84]), Buffer.from('/a.txt')])
    await using archive = await openArchive(
      buildZip([
        { name, content: 'x' },
        { name: 'ä/b.txt', content: 'y' },
      ]),
    )
    expect(listFolder(archive, '').map(({ path, files }) => [path, files])).toEqual([['ä', 2]])
    expect(listFolder(archive, 'ä').map(({ path }) => path)).toEqual(['ä/a.txt', 'ä/b.txt'])
  })

  test('folders and files with unsafe names are marked', async () => {
    await using archive = await openArchive(
      buildZip([
        { name: 'CON/a', content: '' },
        { name: 'bb:c', content: '' },
      ]),
    )
    expect(listFolder(archive, '').map(({ name, restriction }) => [name, restriction])).toEqual([
      ['CON', 'unsafe-name'],
      ['bb:c', 'unsafe-name'],
    ])
  })
})
