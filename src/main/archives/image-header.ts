/** What a picture says of itself in its header, in pixels. */
export interface ImageHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/bmp'
  readonly width: number
  readonly height: number
}

type Size = Omit<ImageHeader, 'type'>

/** Told by the first bytes, never by the name. */
const kinds: readonly {
  readonly type: ImageHeader['type']
  readonly matches: (bytes: Buffer) => boolean
  readonly size: (bytes: Buffer) => Size | undefined
}[] = [
  {
    type: 'image/png',
    matches: (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
    size: pngSize,
  },
  { type: 'image/jpeg', matches: (bytes) => startsWith(bytes, '\xff\xd8\xff'), size: jpegSize },
  {
    type: 'image/gif',
    matches: (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a'),
    size: gifSize,
  },
  {
    type: 'image/webp',
    matches: (bytes) => startsWith(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP',
    size: webpSize,
  },
  { type: 'image/bmp', matches: (bytes) => startsWith(bytes, 'BM'), size: bmpSize },
]

/** The kind and size of a picture, from its first bytes; `undefined` where they are of none that is shown. */
export function imageHeader(bytes: Buffer): ImageHeader | undefined {
  const kind = kinds.find(({ matches }) => matches(bytes))
  const size = kind?.size(bytes)
  if (kind === undefined || size === undefined || size.width === 0 || size.height === 0) return undefined
  return { type: kind.type, ...size }
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString('latin1', 0, text.length) === text
}

function pngSize(bytes: Buffer): Size | undefined {
  return bytes.length < 24 ? undefined : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function gifSize(bytes: Buffer): Size | undefined {
  return bytes.length < 10 ? undefined : { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

function bmpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 26) return undefined
  const headerBytes = bytes.readUInt32LE(14)
  if (headerBytes === 12) return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) }
  if (headerBytes < 40 || headerBytes > 124) return undefined
  // A negative height means that the lines go from top to bottom.
  return { width: Math.max(0, bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) }
}

/** The frame header is the only marker of these; DHT, JPG and DAC lie between them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

function jpegSize(bytes: Buffer): Size | undefined {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    // Any number of filling bytes may stand in front of a marker.
    if (marker === 0xff) at += 1
    else if (standsAlone(marker)) at += 2
    else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
  }
  return undefined
}

function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30) return undefined
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
