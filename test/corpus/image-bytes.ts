/** Beginnings of pictures, made by hand: as much as says their kind and size. */

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

function numbers(
  ...parts: readonly (readonly [value: number, bytes: number, order: 'big' | 'little'])[]
): Buffer {
  return Buffer.concat(
    parts.map(([value, bytes, order]) => {
      const buffer = Buffer.alloc(bytes)
      if (order === 'big') buffer.writeUIntBE(value, 0, bytes)
      else buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )
}

export function png(width: number, height: number): Buffer {
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
    numbers([width, 4, 'big'], [height, 4, 'big']),
    latin1('\x08\x06\0\0\0\0\0\0\0'),
  ])
}

export function gif(width: number, height: number): Buffer {
  return Buffer.concat([
    latin1('GIF89a'),
    numbers([width, 2, 'little'], [height, 2, 'little']),
    latin1('\0\0\0'),
  ])
}

/** `height` below zero: from top to bottom. */
export function bmp(width: number, height: number): Buffer {
  const header = Buffer.alloc(54)
  header.write('BM', 'latin1')
  header.writeUInt32LE(54, 2)
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  return header
}

/** With segments in front of the frame, one of which looks like a frame inside. */
export function jpeg(width: number, height: number, marker = 0xc0): Buffer {
  const inner = latin1('\xff\xc0\0\x11\x08\0\x01\0\x01')
  return Buffer.concat([
    latin1('\xff\xd8\xff\xe1'),
    numbers([inner.length + 2, 2, 'big']),
    inner,
    latin1('\xff\xff\xc4\0\x03\0\xff'),
    Buffer.of(marker),
    latin1('\0\x11\x08'),
    numbers([height, 2, 'big'], [width, 2, 'big']),
    Buffer.alloc(10),
  ])
}

const riff = (kind: string, body: Buffer): Buffer =>
  Buffer.concat([
    latin1('RIFF'),
    numbers([body.length + 12, 4, 'little']),
    latin1(`WEBP${kind}`),
    numbers([body.length, 4, 'little']),
    body,
  ])

export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  if (kind === 'VP8 ') {
    const body = [latin1('\0\0\0\x9d\x01\x2a'), numbers([width, 2, 'little'], [height, 2, 'little'])]
    return riff(kind, Buffer.concat(body))
  }
  if (kind === 'VP8X') {
    const size = numbers([width - 1, 3, 'little'], [height - 1, 3, 'little'])
    return riff(kind, Buffer.concat([Buffer.alloc(4), size]))
  }
  const bits = (width - 1) | ((height - 1) << 14)
  return riff(kind, Buffer.concat([latin1('\x2f'), numbers([bits, 4, 'little']), Buffer.alloc(8)]))
}
