import { hexBytesAtMost, type Preview } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { layOutJson } from './json-layout.ts'
import { decodeText } from './text-decoding.ts'

const MiB = 1024 * 1024
/** More of a file that is no text helps nobody. */
const maxHexBytes = 64 * 1024

export interface PreviewOptions {
  readonly signal?: AbortSignal
  /** How much of the entry is read, 1 MiB unless said. */
  readonly maxBytes?: number
  /** Shows secrets that are covered otherwise. */
  readonly reveal?: boolean
}

/**
 * What can be shown of a file: its text, or its first bytes. Nothing is interpreted: markup, pictures and documents are
 * text or bytes like everything else. JSON is laid out where that changes nothing but blanks; cut JSON stays as it is.
 */
export async function previewEntry(
  archive: OpenArchive,
  path: string,
  options: PreviewOptions = {},
): Promise<Preview> {
  const maxBytes = options.maxBytes ?? MiB
  const signal = options.signal ?? new AbortController().signal
  const pieces: Uint8Array[] = []
  for await (const piece of archive.read(path, { signal, maxBytes })) pieces.push(piece)
  return previewOf(path, Buffer.concat(pieces), archive.find(path)?.sizeBytes ?? 0)
}

/** The preview of `bytes`, the beginning or all of an entry of `sizeBytes`. */
export function previewOf(path: string, bytes: Buffer, sizeBytes: number): Preview {
  const truncated = bytes.length < sizeBytes
  const decoded = decodeText(bytes, truncated)
  if (decoded === undefined) {
    const shown = bytes.subarray(0, maxHexBytes)
    return {
      kind: 'hex',
      bytesBase64: shown.toString('base64'),
      sizeBytes,
      truncated: shown.length < sizeBytes,
    }
  }
  const { text, encoding } = decoded
  const language = languageOf(path, text)
  const laidOut = language === 'json' && !truncated ? layOutJson(text, text.length * 4 + 4096) : undefined
  return { kind: 'text', language, encoding, text: laidOut ?? text, masked: 0, sizeBytes, truncated }
}

/** A part of a file's first `hexBytesAtMost` bytes; empty behind their end. */
export async function bytesOf(
  archive: OpenArchive,
  path: string,
  options: { readonly offset: number; readonly length: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const { offset, length, signal } = options
  const end = Math.min(offset + length, hexBytesAtMost)
  const pieces: Uint8Array[] = []
  for await (const piece of archive.read(path, { signal, maxBytes: end })) pieces.push(piece)
  return Buffer.concat(pieces).subarray(offset, end)
}

function languageOf(path: string, text: string): 'plain' | 'json' | 'xml' {
  const start = text.slice(0, 256).trimStart()
  if (start.startsWith('<?xml') || /\.(xml|xsd|xsl|svg|plcopen)$/i.test(path)) return 'xml'
  if (/\.json$/i.test(path) || /^[{[]/.test(start)) return 'json'
  return 'plain'
}
