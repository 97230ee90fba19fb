import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { lathe, newSearching, press } from './searching.ts'

const { signal } = new AbortController()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const entry = 'etc/motor.ini'

test('a file over time: each version with its hash, the newest first, the same ones marked', async () => {
  const { store, readHistory } = await newSearching()
  const ids: string[] = []
  for (const content of ['one', 'one', undefined, 'two', 'one'])
    ids.unshift((await store(content === undefined ? [{ name: 'x' }] : [{ name: entry, content }])).id)
  await store([{ name: entry, content: 'elsewhere' }], lathe)
  const history = await readHistory(press, { inside: [], entry }, signal)
  expect(history.map(({ archiveId }) => archiveId)).toEqual(ids)
  expect(history.map(({ file, isSame }) => [file?.sha256, isSame])).toEqual([
    [sha256('one'), false],
    [sha256('two'), false],
    [undefined, false],
    [sha256('one'), true],
    [sha256('one'), false],
  ])
  expect(history[0]?.file).toMatchObject({ sizeBytes: 3 })
})

test('a version that cannot be read says why, and the others are there', async () => {
  const { store, readHistory } = await newSearching()
  await store([{ name: entry, content: 'good' }])
  await store([{ name: entry, content: 'bad', method: 0, local: { crc32: 1 }, central: { crc32: 1 } }])
  await store(buildZip([{ name: entry, content: 'cut' }]).subarray(0, 60))
  await store([{ name: entry, content: 'x'.repeat(20), flags: 1, method: 0 }])
  const history = await readHistory(press, { inside: [], entry }, signal)
  expect(history.map(({ failure, file }) => failure?.code ?? file?.sizeBytes)).toEqual([
    'archive-password',
    expect.stringMatching(/^archive-/),
    'archive-crc',
    4,
  ])
})

test('follows a file inside archives that lie in the backups', async () => {
  const { store, readHistory } = await newSearching()
  const app = (content: string) =>
    buildTar({ name: 'snap.zip', content: buildZip([{ name: entry, content }]) })
  await store([{ name: 'other.app', content: app('none') }])
  await store([{ name: 'plc.app', content: app('old') }])
  await store([{ name: 'plc.app', content: app('new') }])
  const history = await readHistory(press, { inside: ['plc.app', 'snap.zip'], entry }, signal)
  expect(history.map(({ file, failure }) => [file?.sha256, failure])).toEqual([
    [sha256('new'), undefined],
    [sha256('old'), undefined],
    [undefined, undefined],
  ])
})

test('ends when nobody wants it any more', async () => {
  const { store, readHistory } = await newSearching()
  await store([{ name: entry, content: 'x' }])
  const controller = new AbortController()
  controller.abort(new Error('gone'))
  await expect(readHistory(press, { inside: [], entry }, controller.signal)).rejects.toThrow('gone')
})
