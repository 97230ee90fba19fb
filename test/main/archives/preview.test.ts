import { describe, expect, test } from 'vitest'
import { layOutJson } from '../../../src/main/archives/json-layout.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { previewEntry, previewOf } from '../../../src/main/archives/preview.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { failureOf } from './outcomes.ts'

const preview = (path: string, bytes: Buffer): ReturnType<typeof previewOf> =>
  previewOf(path, bytes, bytes.length)
const layOut = (text: string): string | undefined => layOutJson(text, 100_000)

describe('the preview of an entry', () => {
  test.each([
    ['utf-8', Buffer.from('Grüße')],
    ['utf-8 with BOM', Buffer.from('\ufeffGrüße')],
    ['utf-16le', Buffer.from('\ufeffGrüße', 'utf16le')],
    ['utf-16be', Buffer.from('\ufeffGrüße', 'utf16le').swap16()],
    ['utf-16le', Buffer.from('Grüße', 'utf16le')],
    ['utf-16be', Buffer.from('Grüße', 'utf16le').swap16()],
    ['latin1', Buffer.from('Grüße', 'latin1')],
  ])('finds text in %s', (encoding, bytes) => {
    expect(preview('a.txt', bytes)).toEqual({
      kind: 'text',
      language: 'plain',
      encoding,
      text: 'Grüße',
      sizeBytes: bytes.length,
      truncated: false,
    })
  })

  test('shows bytes where there is no text', () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])
    expect(preview('a.png', bytes)).toEqual({
      kind: 'hex',
      bytesBase64: bytes.toString('base64'),
      sizeBytes: 8,
      truncated: false,
    })
    const many = Buffer.alloc(200_000, 1)
    const shown = preview('a.bin', many)
    expect(shown).toMatchObject({ kind: 'hex', truncated: true, sizeBytes: 200_000 })
    expect(preview('a', Buffer.from([0x41, 0x85, 0x42]))).toMatchObject({ kind: 'hex' })
  })

  test('an empty file is an empty text', () => {
    expect(preview('a', Buffer.alloc(0))).toMatchObject({ kind: 'text', text: '', truncated: false })
  })

  test('A58: markup is text, never more', () => {
    const svg = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><svg onload="alert(1)">&x;</svg>'
    expect(preview('a.svg', Buffer.from(svg))).toMatchObject({ kind: 'text', language: 'xml', text: svg })
    const page = '<html><script>alert(1)</script></html>'
    expect(preview('a.html', Buffer.from(page))).toMatchObject({
      kind: 'text',
      language: 'plain',
      text: page,
    })
  })

  test('A58: reads no more than 1 MiB, and does not break a character', async () => {
    const text = 'ä'.repeat(3_000_000)
    await using archive = await openArchive(
      buildZip([
        { name: 'a.txt', content: text },
        { name: 'b.json', content: `[${text}` },
      ]),
    )
    const shown = await previewEntry(archive, 'a.txt')
    expect(shown).toMatchObject({ kind: 'text', encoding: 'utf-8', truncated: true, sizeBytes: 6_000_000 })
    expect(shown.kind === 'text' && shown.text.length).toBe(512 * 1024)
    const odd = await previewEntry(archive, 'a.txt', { maxBytes: 1001 })
    expect(odd.kind === 'text' && odd.text).toBe('ä'.repeat(500))
    expect(await previewEntry(archive, 'b.json', { maxBytes: 3 })).toMatchObject({
      language: 'json',
      text: '[ä',
    })
  })

  test('A58: the damage of an entry is not shown as its content', async () => {
    const lie = { crc32: 1 }
    await using archive = await openArchive(
      buildZip([{ name: 'a', content: 'text', local: lie, central: lie }]),
    )
    expect((await failureOf(async () => previewEntry(archive, 'a'))).code).toBe('archive-crc')
    expect((await failureOf(async () => previewEntry(archive, 'b'))).code).toBe('not-found')
  })
})

describe('JSON is laid out', () => {
  test('in lines, with every digit, key and order as it was', () => {
    const text =
      ' {"b":1.10,"a":[1e400,-0,12345678901234567890,[],{} , "x\\u00e4\\"\\\\"],"a":null,"":true}\n'
    expect(layOut(text)).toBe(
      [
        '{',
        '  "b": 1.10,',
        '  "a": [',
        '    1e400,',
        '    -0,',
        '    12345678901234567890,',
        '    [],',
        '    {},',
        '    "x\\u00e4\\"\\\\"',
        '  ],',
        '  "a": null,',
        '  "": true',
        '}',
      ].join('\n'),
    )
  })

  test('the same again when it was laid out before', () => {
    const once = layOut('{"a":[1,{"b":[[]]}],"c":"d"}')!
    expect(layOut(once)).toBe(once)
    expect(JSON.parse(once)).toEqual({ a: [1, { b: [[]] }], c: 'd' })
  })

  test.each(['1', '"x"', 'null', '[]', '{}', ' [ ] ', '-1.5e-7', '[ {} ]'])('%s is JSON', (text) => {
    expect(JSON.parse(layOut(text)!)).toEqual(JSON.parse(text))
  })

  test.each([
    '',
    ' ',
    '{',
    ']',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '[1 2]',
    '01',
    '1.',
    '.5',
    '+1',
    'NaN',
    '[1]]',
    '{"a":1,}',
    '"\n"',
    '"\\x"',
    '"\\u12"',
    '"open',
    '[1}',
    'nullx',
    '{"a":1 "b":2}',
    '// c\n1',
    '\ufeff1',
  ])('%j is not', (text) => {
    expect(layOut(text)).toBeUndefined()
  })

  test('A58: nested too deep, or growing too much, it stays as it is', () => {
    expect(layOut('['.repeat(100_000))).toBeUndefined()
    expect(layOut(`${'['.repeat(300)}${']'.repeat(300)}`)).toBeUndefined()
    const wide = `${'[1,'.repeat(200)}1${']'.repeat(200)}`
    expect(layOutJson(wide, wide.length)).toBeUndefined()
    const bytes = Buffer.from('['.repeat(100_000))
    expect(preview('bomb.json', bytes)).toMatchObject({ kind: 'text', text: '['.repeat(100_000) })
  })

  test('A58: a string of a megabyte costs nothing', () => {
    const text = `{"a":"${'\\n'.repeat(500_000)}"}`
    expect(layOutJson(text, 2_000_000)).toHaveLength(text.length + 5)
  })
})
