import { textBytesAtMost, type Preview } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { imageHeader } from './image-header.ts'
import { layOutJson } from './json-layout.ts'
import { coverSecrets } from './masking.ts'
import { opensAs } from './opens-as.ts'
import { decodeText } from './text-decoding.ts'
import { languageOf } from './text-language.ts'
import { layOutXml } from './xml-layout.ts'

const MiB = 1024 * 1024
/** So much of a file that is no text is given at once; more is asked for by offset. */
const firstHexBytes = 64 * 1024
/** Pictures are decoded by the window, so they are kept to a size that it bears. */
const imageBytesAtMost = 16 * MiB
const imagePixelsAtMost = 40_000_000
/** Chromium draws nothing wider or higher. */
const imageSideAtMost = 32_767

export interface PreviewOptions {
  readonly signal?: AbortSignal
  /** How much of the entry is read, `textBytesAtMost` unless said. */
  readonly maxBytes?: number
  /** Shows secrets that are covered otherwise. */
  readonly reveal?: boolean
}

/**
 * What can be shown of a file: its text, a picture, or its first bytes. Nothing is interpreted: markup and documents are
 * text or bytes like everything else. JSON and XML are laid out where that changes nothing but blanks, and secrets are
 * covered. @throws FailureError as `OpenArchive.read`
 */
export async function previewEntry(
  archive: OpenArchive,
  path: string,
  options: PreviewOptions = {},
): Promise<Preview> {
  const { maxBytes = textBytesAtMost, reveal = false } = options
  const signal = options.signal ?? new AbortController().signal
  const pieces: Uint8Array[] = []
  for await (const piece of archive.read(path, { signal, maxBytes })) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  const sizeBytes = archive.find(path)?.sizeBytes ?? 0
  if (bytes.length < sizeBytes && sizeBytes <= imageBytesAtMost && imageHeader(bytes) !== undefined)
    return previewOf(path, await archive.readBytes(path, imageBytesAtMost, signal), { sizeBytes, reveal })
  return previewOf(path, bytes, { sizeBytes, reveal })
}

/** The preview of `bytes`, the beginning or all of an entry of `sizeBytes`. */
export function previewOf(
  path: string,
  bytes: Buffer,
  { sizeBytes, reveal }: { readonly sizeBytes: number; readonly reveal: boolean },
): Preview {
  const image = imageOf(bytes, sizeBytes)
  if (image !== undefined) return image
  const truncated = bytes.length < sizeBytes
  const decoded = decodeText(bytes, truncated)
  if (decoded === undefined) return hexOf(bytes, sizeBytes)
  const { encoding } = decoded
  const language = languageOf(path, decoded.text)
  const laidOut = layOut(language, decoded.text, truncated) ?? decoded.text
  const { text, masked } = reveal ? { text: laidOut, masked: 0 } : coverSecrets(laidOut, { path, language })
  return { kind: 'text', language, encoding, text, masked, sizeBytes, truncated }
}

function layOut(language: string, text: string, isCut: boolean): string | undefined {
  const maxLength = text.length * 4 + 4096
  if (language === 'json') return layOutJson(text, maxLength, isCut)
  return language === 'xml' ? layOutXml(text, maxLength, isCut) : undefined
}

function imageOf(bytes: Buffer, sizeBytes: number): Preview | undefined {
  if (bytes.length < sizeBytes || sizeBytes > imageBytesAtMost) return undefined
  const header = imageHeader(bytes)
  if (header === undefined || header.width * header.height > imagePixelsAtMost) return undefined
  if (Math.max(header.width, header.height) > imageSideAtMost) return undefined
  return { kind: 'image', ...header, bytesBase64: bytes.toString('base64'), sizeBytes, truncated: false }
}

function hexOf(bytes: Buffer, sizeBytes: number): Preview {
  const shown = bytes.subarray(0, firstHexBytes)
  const archive = opensAs(bytes)
  return {
    kind: 'hex',
    bytesBase64: shown.toString('base64'),
    sizeBytes,
    truncated: shown.length < sizeBytes,
    ...(archive !== undefined && { opensAs: archive }),
  }
}
