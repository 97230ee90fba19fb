import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../src/main/archives/text-decoding.ts'

const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))))

describe('the encoding of a text is told by its bytes', () => {
  test.each([
    ['utf-8', 'Grüße', Buffer.from('Grüße')],
    ['utf-8 with BOM', 'Grüße', Buffer.from('\ufeffGrüße')],
    ['utf-16le', 'Grüße', Buffer.from('\ufeffGrüße', 'utf16le')],
    ['utf-16be', 'Grüße', Buffer.from('\ufeffGrüße', 'utf16le').swap16()],
    ['utf-16le', 'Grüße', Buffer.from('Grüße', 'utf16le')],
    ['utf-16be', 'Grüße', Buffer.from('Grüße', 'utf16le').swap16()],
    ['latin1', 'Grüße', Buffer.from('Grüße', 'latin1')],
    ['latin1', 'Größe 5 µm ± 2 °C', Buffer.from('Größe 5 µm ± 2 °C', 'latin1')],
    ['windows-1252', 'Preis: 5 €, „gut“', bytes('Preis: 5 ', 0x80, ', ', 0x84, 'gut', 0x93)],
    ['windows-1252', 'it’s – fine', bytes('it', 0x92, 's ', 0x96, ' fine')],
    ['cp850', 'für München', bytes('f', 0x81, 'r M', 0x81, 'nchen')],
    ['cp850', 'ÁRBOL à côté', bytes(0xb5, 'RBOL ', 0x85, ' c', 0x93, 't', 0x82)],
    ['cp437', '╒═══╕ Größe', bytes(0xd5, 0xcd, 0xcd, 0xcd, 0xb8, ' Gr', 0x94, 0xe1, 'e')],
  ])('%s: %s', (encoding, text, given) => {
    expect(decodeText(given, false)).toEqual({ text, encoding })
  })

  test('a few broken bytes among many whole characters leave it UTF-8, with a mark for each', () => {
    const text = 'Füllstände übergeben, Größe geändert. '.repeat(3)
    expect(decodeText(bytes(text, 0xff, text), false)).toEqual({
      text: `${text}\ufffd${text}`,
      encoding: 'utf-8 with errors',
    })
  })

  test.each([
    ['control characters', bytes('text', 0x00, 'text')],
    ['bytes that no page turns into words', Buffer.from([0x41, 0x81, 0x42])],
  ])('%s are no text', (_, given) => {
    expect(decodeText(given, false)).toBeUndefined()
  })

  test('a character that the end cuts is left out', () => {
    expect(decodeText(Buffer.from('größe').subarray(0, 3), true)?.text).toBe('gr')
  })

  test('a megabyte of any bytes is judged in a moment', () => {
    const noise = Buffer.alloc(1024 * 1024, 0xe4)
    const start = performance.now()
    decodeText(noise, true)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
