import { decodeCp437 } from './cp437.ts'

/** The pages of single bytes that the machines of this trade write. */
export type SingleByteEncoding = 'latin1' | 'windows-1252' | 'cp850' | 'cp437'

/** The upper half of the page of western European consoles; 0x80 to 0xaf and box lines are those of page 437. */
const upperHalfOf850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'
/** 0x80 to 0x9f of Windows; spaces stand where it has no character. From 0xa0 on it is Latin-1. */
const windowsExtra = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

const lowerLetter = /\p{Ll}/u
const upperLetter = /\p{Lu}/u
const boxLine = /[\u2500-\u259f]/
const sampleBytes = 64 * 1024

type Page = (byte: number) => string

const windows: Page = (byte) => (byte < 0xa0 ? windowsExtra.charAt(byte - 0x80) : String.fromCharCode(byte))
const console850: Page = (byte) => upperHalfOf850.charAt(byte - 0x80)
const console437: Page = (byte) => decodeCp437(Uint8Array.of(byte))

/**
 * Reads bytes beyond ASCII under the page that makes the most of them letters inside words, signs around words, or
 * lines that go on. Where there are bytes that Latin-1 does not have, and none of the pages makes anything of them,
 * it is no text.
 */
export function singleByteText(
  bytes: Buffer,
): { readonly text: string; readonly encoding: SingleByteEncoding } | undefined {
  const sample = bytes.subarray(0, sampleBytes)
  const [asWindows, as850, as437] = [
    score(sample, windows),
    score(sample, console850),
    score(sample, console437),
  ]
  const best = Math.max(asWindows, as850, as437)
  const isLatin1 = !bytes.some((byte) => byte >= 0x80 && byte < 0xa0)
  if (best <= 0 && !isLatin1) return undefined
  if (as437 === best && as437 > Math.max(asWindows, as850))
    return { text: decodeCp437(bytes), encoding: 'cp437' }
  if (as850 === best && as850 > asWindows) return { text: decode(bytes, console850), encoding: 'cp850' }
  if (isLatin1) return { text: bytes.toString('latin1'), encoding: 'latin1' }
  return { text: decode(bytes, windows), encoding: 'windows-1252' }
}

function decode(bytes: Buffer, page: Page): string {
  const upper = Array.from({ length: 128 }, (_, index) => page(index + 0x80).replace(' ', '\ufffd'))
  const pieces: string[] = []
  // In parts, as a string that grows by one character a million times is slow to read afterwards.
  for (let start = 0; start < bytes.length; start += sampleBytes) {
    let part = ''
    for (const byte of bytes.subarray(start, start + sampleBytes))
      part += byte < 0x80 ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? '')
    pieces.push(part)
  }
  return pieces.join('')
}

/** How much the bytes read like text; below zero where they do not. */
function score(bytes: Buffer, page: Page): number {
  const characters = Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : page(byte),
  )
  const characterAt = (at: number): string => characters[bytes[at] ?? 0x20] ?? ''
  let total = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) >= 0x80)
      total += plausibility(characterAt(at), characterAt(at - 1), characterAt(at + 1))
  }
  return total
}

function plausibility(character: string, before: string, after: string): number {
  if (character === ' ') return -4
  if (boxLine.test(character)) return boxLine.test(before) || boxLine.test(after) ? 1 : -1
  const isBetween = isLetter(before) && isLetter(after)
  if (!isLetter(character)) return isBetween && character !== '’' ? -2 : 0.75
  const isLower = lowerLetter.test(character)
  // No word changes from small to capital letters in its middle.
  if (isLower ? upperLetter.test(after) : upperLetter.test(character) && lowerLetter.test(before)) return -2
  if (isBetween) return 3
  return isLetter(before) || isLetter(after) ? 0.5 : 0
}

function isLetter(character: string): boolean {
  return lowerLetter.test(character) || upperLetter.test(character)
}
