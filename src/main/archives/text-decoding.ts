import { singleByteText, type SingleByteEncoding } from './single-byte-text.ts'

/** A text and the encoding its bytes were found to be in. */
export interface DecodedText {
  readonly text: string
  readonly encoding:
    'utf-8' | 'utf-8 with BOM' | 'utf-8 with errors' | 'utf-16le' | 'utf-16be' | SingleByteEncoding
}

/**
 * Decodes bytes that are text, `undefined` where they are not. With `isCut` the last character may be incomplete and is
 * left out. Bytes that are no Unicode are taken for the page of single bytes under which they read most like words;
 * what is UTF-8 but for a few bytes stays UTF-8, with a mark for each that is none.
 */
export function decodeText(bytes: Buffer, isCut: boolean): DecodedText | undefined {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le')
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be')
  if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = utf8(bytes.subarray(3), isCut)
    return text === undefined ? undefined : { text, encoding: 'utf-8 with BOM' }
  }
  const unmarked = unmarkedUtf16(bytes)
  if (unmarked !== undefined) return utf16(bytes, unmarked)
  if (bytes.some(isBinary)) return undefined
  const text = utf8(bytes, isCut)
  if (text !== undefined) return { text, encoding: 'utf-8' }
  return mostlyUtf8(bytes, isCut) ?? singleByteText(bytes)
}

/** Control characters that no text has: all but tab, line feed, form feed, carriage return and escape. */
function isBinary(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b
}

function utf8(bytes: Buffer, isCut: boolean): string | undefined {
  try {
    // With `stream` an incomplete character at the end is no error; it is simply not there.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut })
  } catch {
    // The decoder has no other way to say that the bytes are not UTF-8.
    return undefined
  }
}

/** Ten whole characters beyond ASCII for each broken one: chance does not do that in any other encoding. */
function mostlyUtf8(bytes: Buffer, isCut: boolean): DecodedText | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut })
  let whole = 0
  let broken = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken += 1
    else if (code >= 0x80) whole += 1
  }
  return whole >= broken * 10 ? { text, encoding: 'utf-8 with errors' } : undefined
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedText | undefined {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2))
  const ordered = encoding === 'utf-16le' ? whole : Buffer.from(whole).swap16()
  return { text: ordered.toString('utf16le'), encoding }
}

/** UTF-16 of mostly Latin letters has a zero in every second byte, and none in the others. */
function unmarkedUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined
  const sample = bytes.subarray(0, 4096)
  const zeros: [number, number] = [0, 0]
  for (let at = 0; at < sample.length; at += 1) if (sample[at] === 0) zeros[at % 2 === 0 ? 0 : 1] += 1
  const pairs = sample.length / 2
  if (zeros[0] === 0 && zeros[1] > pairs * 0.8) return 'utf-16le'
  if (zeros[1] === 0 && zeros[0] > pairs * 0.8) return 'utf-16be'
  return undefined
}
