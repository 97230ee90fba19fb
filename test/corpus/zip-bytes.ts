import { crc32, deflateRawSync } from 'node:zlib'

/** Fields of a local header; each can be made to lie. */
export interface LocalFields {
  readonly signature: number
  readonly name: Buffer
  readonly flags: number
  readonly method: number
  readonly crc32: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly extra: Buffer
}

/** Fields of a header of the central directory. */
export interface CentralFields extends LocalFields {
  readonly madeBy: number
  readonly disk: number
  readonly attributes: number
  readonly offset: number
  readonly comment: Buffer
  readonly time: number
  readonly date: number
}

export interface RawEntry {
  readonly name: string | Buffer
  readonly content?: string | Buffer
  /** 0 stored, 8 deflate; other numbers are written over stored bytes. */
  readonly method?: number
  readonly flags?: number
  /** The bytes between the headers, instead of the packed content. */
  readonly packed?: Buffer
  /** Bytes behind the content: a data descriptor, or what pretends to be one. */
  readonly behind?: Buffer
  /** Unix type and permissions, in the upper half of the attributes. */
  readonly unixMode?: number
  readonly local?: Partial<LocalFields>
  readonly central?: Partial<CentralFields>
  /** In the directory only: the content of another entry is shown under this name. */
  readonly withoutLocal?: boolean
  /** In the file only: an entry that the directory hides. */
  readonly withoutCentral?: boolean
}

export interface EndFields {
  readonly disk: number
  readonly directoryDisk: number
  readonly countHere: number
  readonly count: number
  readonly directoryBytes: number
  readonly directoryOffset: number
  readonly comment: Buffer
}

export interface ZipOptions {
  readonly end?: Partial<EndFields>
  /** Bytes in front of everything; offsets are moved by them unless `unadjusted`. */
  readonly prefix?: Buffer
  readonly unadjusted?: boolean
  readonly suffix?: Buffer
  /** Bytes between the last entry and the directory. */
  readonly beforeDirectory?: Buffer
  /** Bytes between the directory and what follows it. */
  readonly behindDirectory?: Buffer
  readonly zip64?: {
    readonly count?: bigint
    readonly directoryBytes?: bigint
    readonly directoryOffset?: bigint
    readonly recordBytes?: bigint
    readonly recordSignature?: number
    readonly locatorSignature?: number
    readonly locatorOffset?: bigint
    readonly disks?: number
    readonly gap?: Buffer
    /** Leaves the short record without markers. */
    readonly plainEnd?: boolean
  }
}

const none = Buffer.alloc(0)

function bytesOf(value: string | Buffer | undefined): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : (value ?? none)
}

/** A header of an extra field with its data. */
export function extraField(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}

/** The zip64 extra field with the numbers given, in their order. */
export function zip64Field(...numbers: readonly (number | bigint)[]): Buffer {
  const data = Buffer.alloc(numbers.length * 8)
  numbers.forEach((number, index) => data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(number)), index * 8))
  return extraField(1, data)
}

/** The Info-ZIP Unicode path field: a second name for `name`. */
export function unicodePathField(name: string | Buffer, second: string, checksum?: number): Buffer {
  const head = Buffer.alloc(5)
  head[0] = 1
  head.writeUInt32LE(checksum ?? crc32(bytesOf(name)), 1)
  return extraField(0x7075, Buffer.concat([head, Buffer.from(second, 'utf8')]))
}

/** A data descriptor, with or without its signature and with short or long sizes. */
export function descriptor(
  content: Buffer,
  compressedBytes: number,
  form: { readonly signature: boolean; readonly long: boolean },
): Buffer {
  const bytes = Buffer.alloc((form.signature ? 4 : 0) + 4 + (form.long ? 16 : 8))
  let at = 0
  if (form.signature) at = bytes.writeUInt32LE(0x08074b50, at)
  at = bytes.writeUInt32LE(crc32(content), at)
  for (const number of [compressedBytes, content.length]) {
    at = form.long ? bytes.writeBigUInt64LE(BigInt(number), at) : bytes.writeUInt32LE(number, at)
  }
  return bytes
}

interface Prepared {
  readonly entry: RawEntry
  readonly local: LocalFields
  readonly packed: Buffer
  readonly behind: Buffer
}

function prepare(entry: RawEntry): Prepared {
  const content = bytesOf(entry.content)
  const method = entry.method ?? 8
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content)
  const name = bytesOf(entry.name)
  const isAscii = name.every((byte) => byte < 0x80)
  const base: LocalFields = {
    signature: 0x04034b50,
    name,
    flags: entry.flags ?? (isAscii || Buffer.isBuffer(entry.name) ? 0 : 0x800),
    method,
    crc32: crc32(content),
    compressedBytes: packed.length,
    sizeBytes: content.length,
    extra: none,
  }
  return { entry, local: base, packed, behind: entry.behind ?? none }
}

function localHeader(fields: LocalFields): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(fields.signature, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(fields.flags, 6)
  bytes.writeUInt16LE(fields.method, 8)
  bytes.writeUInt16LE(0x6000, 10)
  bytes.writeUInt16LE(0x5821, 12)
  bytes.writeUInt32LE(fields.crc32 >>> 0, 14)
  bytes.writeUInt32LE(fields.compressedBytes, 18)
  bytes.writeUInt32LE(fields.sizeBytes, 22)
  bytes.writeUInt16LE(fields.name.length, 26)
  bytes.writeUInt16LE(fields.extra.length, 28)
  return Buffer.concat([bytes, fields.name, fields.extra])
}

function centralHeader(fields: CentralFields): Buffer {
  const bytes = Buffer.alloc(46)
  bytes.writeUInt32LE(fields.signature, 0)
  bytes.writeUInt16LE(fields.madeBy, 4)
  bytes.writeUInt16LE(20, 6)
  bytes.writeUInt16LE(fields.flags, 8)
  bytes.writeUInt16LE(fields.method, 10)
  bytes.writeUInt16LE(fields.time, 12)
  bytes.writeUInt16LE(fields.date, 14)
  bytes.writeUInt32LE(fields.crc32 >>> 0, 16)
  bytes.writeUInt32LE(fields.compressedBytes, 20)
  bytes.writeUInt32LE(fields.sizeBytes, 24)
  bytes.writeUInt16LE(fields.name.length, 28)
  bytes.writeUInt16LE(fields.extra.length, 30)
  bytes.writeUInt16LE(fields.comment.length, 32)
  bytes.writeUInt16LE(fields.disk, 34)
  bytes.writeUInt32LE(fields.attributes >>> 0, 38)
  bytes.writeUInt32LE(fields.offset, 42)
  return Buffer.concat([bytes, fields.name, fields.extra, fields.comment])
}

/** Builds a zip byte by byte. Without options it is a plain, good one; every field can be given a value of its own. */
export function buildZip(entries: readonly RawEntry[], options: ZipOptions = {}): Buffer {
  const prefix = options.prefix ?? none
  const origin = options.unadjusted === true ? 0 : prefix.length
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let offset = origin
  let lastOffset = origin
  for (const { entry, local, packed, behind } of entries.map(prepare)) {
    if (entry.withoutLocal !== true) {
      const bytes = Buffer.concat([localHeader({ ...local, ...entry.local }), packed, behind])
      body.push(bytes)
      lastOffset = offset
      offset += bytes.length
    }
    if (entry.withoutCentral === true) continue
    directory.push(
      centralHeader({
        ...local,
        signature: 0x02014b50,
        madeBy: entry.unixMode === undefined ? 0x0014 : 0x0314,
        disk: 0,
        attributes: (entry.unixMode ?? 0) * 0x10000,
        offset: lastOffset,
        comment: none,
        time: 0x6000,
        date: 0x5821,
        ...entry.central,
      }),
    )
  }
  const before = options.beforeDirectory ?? none
  const directoryOffset = offset + before.length
  const directoryBytes = Buffer.concat([...directory, options.behindDirectory ?? none])
  const tail = ending(options, {
    count: directory.length,
    directoryOffset,
    directoryBytes: directoryBytes.length - (options.behindDirectory?.length ?? 0),
    at: directoryOffset + directoryBytes.length,
  })
  return Buffer.concat([prefix, ...body, before, directoryBytes, tail, options.suffix ?? none])
}

function ending(
  options: ZipOptions,
  facts: {
    readonly count: number
    readonly directoryOffset: number
    readonly directoryBytes: number
    readonly at: number
  },
): Buffer {
  const { zip64 } = options
  const marked = zip64 !== undefined && zip64.plainEnd !== true
  const comment = options.end?.comment ?? none
  const end: EndFields = {
    disk: 0,
    directoryDisk: 0,
    countHere: marked ? 0xffff : facts.count,
    count: marked ? 0xffff : facts.count,
    directoryBytes: marked ? 0xffffffff : facts.directoryBytes,
    directoryOffset: marked ? 0xffffffff : facts.directoryOffset,
    ...options.end,
    comment,
  }
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x06054b50, 0)
  bytes.writeUInt16LE(end.disk, 4)
  bytes.writeUInt16LE(end.directoryDisk, 6)
  bytes.writeUInt16LE(end.countHere, 8)
  bytes.writeUInt16LE(end.count, 10)
  bytes.writeUInt32LE(end.directoryBytes, 12)
  bytes.writeUInt32LE(end.directoryOffset, 16)
  bytes.writeUInt16LE(comment.length, 20)
  return Buffer.concat([zip64 === undefined ? none : zip64Ending(zip64, facts), bytes, comment])
}

function zip64Ending(
  zip64: NonNullable<ZipOptions['zip64']>,
  facts: {
    readonly count: number
    readonly directoryOffset: number
    readonly directoryBytes: number
    readonly at: number
  },
): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(zip64.recordSignature ?? 0x06064b50, 0)
  record.writeBigUInt64LE(zip64.recordBytes ?? 44n, 4)
  record.writeUInt16LE(45, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(zip64.count ?? BigInt(facts.count), 24)
  record.writeBigUInt64LE(zip64.count ?? BigInt(facts.count), 32)
  record.writeBigUInt64LE(zip64.directoryBytes ?? BigInt(facts.directoryBytes), 40)
  record.writeBigUInt64LE(zip64.directoryOffset ?? BigInt(facts.directoryOffset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(zip64.locatorSignature ?? 0x07064b50, 0)
  locator.writeBigUInt64LE(zip64.locatorOffset ?? BigInt(facts.at), 8)
  locator.writeUInt32LE(zip64.disks ?? 1, 16)
  return Buffer.concat([record, zip64.gap ?? none, locator])
}
