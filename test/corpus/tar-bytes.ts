/** Fields of a tar header. Numbers are written in octal; a buffer is written as it is. */
export interface RawTarEntry {
  readonly name: string | Buffer
  readonly type?: string
  readonly content?: string | Buffer
  readonly size?: number | Buffer
  readonly mode?: number
  readonly userId?: number | Buffer
  readonly groupId?: number | Buffer
  readonly mtime?: number | Buffer
  readonly linkName?: string | Buffer
  readonly userName?: string
  readonly groupName?: string
  readonly prefix?: string
  readonly format?: 'ustar' | 'gnu' | 'v7'
  /** The checksum to write instead of the right one. */
  readonly checksum?: number
}

const blockBytes = 512

function put(block: Buffer, at: number, length: number, value: string | Buffer): void {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  bytes.copy(block, at, 0, Math.min(length, bytes.length))
}

function number(block: Buffer, at: number, length: number, value: number | Buffer): void {
  put(
    block,
    at,
    length,
    typeof value === 'number' ? `${value.toString(8).padStart(length - 1, '0')}\0` : value,
  )
}

/** A number in base 256, as GNU tar writes what does not fit into octal; may be negative. */
export function base256(value: bigint, length: number): Buffer {
  const bits = BigInt(length * 8)
  let rest = BigInt.asUintN(length * 8, value)
  if (value >= 0n) rest |= 1n << (bits - 1n)
  const bytes = Buffer.alloc(length)
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

export function tarHeader(entry: RawTarEntry): Buffer {
  const block = Buffer.alloc(blockBytes)
  const content = contentOf(entry)
  const format = entry.format ?? 'ustar'
  put(block, 0, 100, entry.name)
  number(block, 100, 8, entry.mode ?? 0o644)
  number(block, 108, 8, entry.userId ?? 0)
  number(block, 116, 8, entry.groupId ?? 0)
  number(block, 124, 12, entry.size ?? content.length)
  number(block, 136, 12, entry.mtime ?? 1_700_000_000)
  put(block, 156, 1, Buffer.from(entry.type ?? '0', 'latin1'))
  put(block, 157, 100, entry.linkName ?? '')
  if (format === 'ustar') put(block, 257, 8, 'ustar\x0000')
  if (format === 'gnu') put(block, 257, 8, 'ustar  \0')
  if (format !== 'v7') {
    put(block, 265, 32, entry.userName ?? 'root')
    put(block, 297, 32, entry.groupName ?? 'root')
  }
  put(block, 345, 155, entry.prefix ?? '')
  put(block, 148, 8, '        ')
  const sum = entry.checksum ?? block.reduce((total, byte) => total + byte, 0)
  put(block, 148, 8, `${sum.toString(8).padStart(6, '0')}\0 `)
  return block
}

function contentOf(entry: RawTarEntry): Buffer {
  return typeof entry.content === 'string'
    ? Buffer.from(entry.content, 'utf8')
    : (entry.content ?? Buffer.alloc(0))
}

function filled(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)])
}

/** A header and its content, filled up to whole blocks. */
export function tarEntry(entry: RawTarEntry): Buffer {
  return Buffer.concat([tarHeader(entry), filled(contentOf(entry))])
}

/** One record of a pax header. */
export function paxRecord(key: string, value: string | Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')])
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length += 1
  return Buffer.concat([Buffer.from(String(length)), rest])
}

/** A pax header that speaks of the next entry; with type `g`, of all that follow. */
export function paxHeader(
  records: readonly (readonly [key: string, value: string | Buffer])[],
  type: 'x' | 'g' = 'x',
): Buffer {
  const content = Buffer.concat(records.map(([key, value]) => paxRecord(key, value)))
  return tarEntry({ name: 'PaxHeaders/next', type, content })
}

/** GNU's header in front of an entry with a long name (`L`) or a long link target (`K`). */
export function gnuLong(type: 'L' | 'K', text: string | Buffer, size?: number): Buffer {
  const content = Buffer.concat([Buffer.from(text), Buffer.alloc(1)])
  return tarEntry({
    name: '././@LongLink',
    type,
    format: 'gnu',
    content,
    ...(size === undefined ? {} : { size }),
  })
}

export const tarEnd = Buffer.alloc(2 * blockBytes)

/** A whole tar of the parts given. */
export function buildTar(...parts: readonly (RawTarEntry | Buffer)[]): Buffer {
  return Buffer.concat([...parts.map((part) => (Buffer.isBuffer(part) ? part : tarEntry(part))), tarEnd])
}
