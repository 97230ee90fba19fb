import { describe, expect, test } from 'vitest'
import { compareArchives } from '../../../src/main/archives/compare.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { previewEntry } from '../../../src/main/archives/preview.ts'
import { failureOf, readWhole, refusal } from './outcomes.ts'

const { signal } = new AbortController()
const text = '{"flows":[{"id":"a","type":"tab","label":"Zählung"}],"rev":"1"}'
const open = async (content: string) => await openArchive(Buffer.from(content), { name: 'line-3.json' })

describe('a file that is one JSON document', () => {
  test('opens as an archive with one entry, whose bytes are those of the file', async () => {
    await using archive = await open(text)
    expect(archive).toMatchObject({
      container: 'json',
      count: 1,
      archiveBytes: Buffer.byteLength(text),
      unpackedBytes: Buffer.byteLength(text),
    })
    expect([...archive.entries()]).toEqual([
      { path: 'flows.json', kind: 'file', sizeBytes: Buffer.byteLength(text) },
    ])
    expect(archive.unsafeEntries()).toEqual([])
    expect((await readWhole(archive, 'flows.json')).toString()).toBe(text)
    const passed: string[] = []
    for await (const { entry, content } of archive.readAll({ signal })) {
      for await (const piece of content) passed.push(`${entry.path} ${Buffer.from(piece).toString()}`)
    }
    expect(passed).toEqual([`flows.json ${text}`])
  })

  test('is previewed laid out, and only as far as was asked for', async () => {
    await using archive = await open(text)
    const whole = await previewEntry(archive, 'flows.json')
    expect(whole).toMatchObject({ kind: 'text', language: 'json', truncated: false })
    expect(whole.kind === 'text' && whole.text.split('\n').length).toBeGreaterThan(5)
    expect(await previewEntry(archive, 'flows.json', { maxBytes: 8 })).toMatchObject({
      text: `{\n  ${text.slice(1, 8)}`,
      truncated: true,
    })
  })

  test('is compared with another one by its content', async () => {
    await using before = await open(text)
    await using same = await open(text)
    await using after = await open(text.replace('"a"', '"b"'))
    expect(await compareArchives(before, same, { signal })).toMatchObject({ changes: [], unchanged: 1 })
    const { changes } = await compareArchives(before, after, { signal })
    expect(changes).toMatchObject([{ path: 'flows.json', change: 'changed' }])
  })

  test('has nothing under any other name', async () => {
    await using archive = await open(text)
    expect(archive.find('flows')).toBeUndefined()
    expect(await failureOf(async () => archive.readBytes('rev', 10))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(async () => archive.readBytes('flows.json', 10))).toMatchObject({
      code: 'entry-refused',
    })
  })
})

test.each([
  ['breaks off', text.slice(0, -1)],
  ['goes on behind its end', `${text}{}`],
  ['names something without a value', '{"a":}'],
  ['is not UTF-8', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')])],
])('a document that %s is refused', async (_how, content) => {
  expect(await refusal(Buffer.from(content))).toBe('archive-structure')
})

test('a document above the limit is refused before it is read', async () => {
  expect(await refusal(Buffer.from(text), { limits: { documentBytes: 20 } })).toBe('archive-structure')
  await using archive = await openArchive(Buffer.from(text), { limits: { documentBytes: text.length + 1 } })
  expect(archive.count).toBe(1)
})
