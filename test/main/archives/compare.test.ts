import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compareArchives } from '../../../src/main/archives/compare.ts'
import { compareEntry } from '../../../src/main/archives/compare-entry.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { buildTar, type RawTarEntry } from '../../corpus/tar-bytes.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'

const signal = new AbortController().signal
const before: readonly RawEntry[] = [
  { name: 'same', content: 'same content' },
  { name: 'edited', content: 'old words' },
  { name: 'grown', content: 'short' },
  { name: 'gone', content: 'x' },
  { name: 'dir/', content: '' },
  { name: 'dir/inside', content: 'y' },
  { name: 'left/', content: '' },
]
const after: readonly RawEntry[] = [
  { name: 'grown', content: 'much longer' },
  { name: 'same', content: 'same content', central: { date: 0x5921 } },
  { name: 'edited', content: 'new words' },
  { name: 'dir/inside', content: 'y' },
  { name: 'came', content: 'z' },
  { name: 'hollow/', content: '' },
]
const asTar = (entries: readonly RawEntry[], mtime: number): Buffer =>
  buildTar(
    ...entries.map(({ name, content }): RawTarEntry => {
      const path = String(name)
      return path.endsWith('/')
        ? { name: path, type: '5', mtime }
        : { name: path, content: content as string, mtime }
    }),
  )

const forms = {
  zip: [buildZip(before), buildZip(after)],
  tar: [asTar(before, 1), asTar(after, 2)],
  'tar.gz': [gzipSync(asTar(before, 3)), gzipSync(asTar(after, 4))],
} as const
const kinds = ['zip', 'tar', 'tar.gz'] as const
const pairs = kinds.flatMap((a) => kinds.map((b) => [a, b] as const))

describe('two archives compared', () => {
  test.each(pairs)('%s with %s: what came, went and changed, whatever the dates', async (a, b) => {
    await using old = await openArchive(forms[a][0])
    await using now = await openArchive(forms[b][1])
    const { changes, totals, unchanged } = await compareArchives(old, now, { signal })
    expect(unchanged).toBe(2)
    expect(totals).toEqual({ added: 2, removed: 2, changed: 2 })
    expect(changes.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'added came',
      'changed edited',
      'removed gone',
      'changed grown',
      'added hollow',
      'removed left',
    ])
    expect(changes[1]).toMatchObject({ before: { sizeBytes: 9 }, after: { sizeBytes: 9 } })
    expect(changes[0]).not.toHaveProperty('before')
  })

  test('an archive is the same as itself', async () => {
    for (const kind of kinds) {
      await using one = await openArchive(forms[kind][0])
      await using other = await openArchive(forms[kind][0])
      const totals = { added: 0, removed: 0, changed: 0 }
      expect(await compareArchives(one, other, { signal })).toEqual({ changes: [], totals, unchanged: 5 })
    }
  })

  test('links are compared by their targets, and a file is not a link', async () => {
    const link = (linkName: string): RawTarEntry => ({ name: 'l', type: '2', linkName })
    const changed = async (a: Buffer, b: Buffer): Promise<number> => {
      await using old = await openArchive(a)
      await using now = await openArchive(b)
      return (await compareArchives(old, now, { signal })).changes.length
    }
    expect(await changed(buildTar(link('a')), buildTar(link('a')))).toBe(0)
    expect(await changed(buildTar(link('a')), buildTar(link('b')))).toBe(1)
    expect(await changed(buildTar(link('a')), buildTar({ name: 'l', content: '' }))).toBe(1)
    const zipped = buildZip([{ name: 'l', content: 'a', unixMode: 0o120777 }])
    expect(await changed(buildTar(link('a')), zipped)).toBe(0)
  })

  test('encrypted contents without a checksum count as changed', async () => {
    const hidden = { crc32: 0 }
    const bytes = buildZip([{ name: 'a', content: 'x', flags: 1, local: hidden, central: hidden }])
    await using old = await openArchive(bytes)
    await using now = await openArchive(bytes)
    expect((await compareArchives(old, now, { signal })).changes).toHaveLength(1)
  })

  test('stops when it is told to', async () => {
    await using old = await openArchive(forms.tar[0])
    await using now = await openArchive(forms.zip[0])
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(compareArchives(old, now, { signal: stopped })).rejects.toThrow('stopped')
  })

  test('one entry shows both sides, as far as there are both', async () => {
    await using old = await openArchive(forms.tar[0])
    await using now = await openArchive(forms.zip[1])
    const edited = await compareEntry(old, now, 'edited', { signal })
    expect(edited).toMatchObject({ before: { text: 'old words' }, after: { text: 'new words' } })
    const gone = await compareEntry(old, now, 'gone', { signal })
    expect(gone.before).toMatchObject({ text: 'x' })
    expect(gone).not.toHaveProperty('after')
  })
})
