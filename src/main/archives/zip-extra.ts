import { readSafe64 } from './zip-end.ts'

/** Places of the extra fields that change what an entry is. `undefined` where the fields do not fill their area. */
export interface ExtraFields {
  readonly zip64: ExtraField | undefined
  readonly unicodePath: ExtraField | undefined
  readonly aes: ExtraField | undefined
  readonly unixTime: ExtraField | undefined
  readonly ntfsTime: ExtraField | undefined
}
export interface ExtraField {
  readonly at: number
  readonly length: number
}

const none: ExtraFields = {
  zip64: undefined,
  unicodePath: undefined,
  aes: undefined,
  unixTime: undefined,
  ntfsTime: undefined,
}

const fieldNames: ReadonlyMap<number, keyof ExtraFields> = new Map([
  [0x0001, 'zip64'],
  [0x7075, 'unicodePath'],
  [0x9901, 'aes'],
  [0x5455, 'unixTime'],
  [0x000a, 'ntfsTime'],
])

/** Finds the fields between `start` and `end`. `undefined` where one overruns the area or counts twice. */
export function findExtraFields(bytes: Buffer, start: number, end: number): ExtraFields | undefined {
  if (start === end) return none
  const found: { -readonly [K in keyof ExtraFields]: ExtraFields[K] } = { ...none }
  let at = start
  while (at + 4 <= end) {
    const name = fieldNames.get(bytes.readUInt16LE(at))
    const length = bytes.readUInt16LE(at + 2)
    at += 4
    if (at + length > end) return undefined
    if (name !== undefined) {
      if (found[name] !== undefined) return undefined
      found[name] = { at, length }
    }
    at += length
  }
  return at === end ? found : undefined
}

/** The numbers of an entry, as the short fields of its header give them. */
export interface ZipNumbers {
  readonly sizeBytes: number
  readonly compressedBytes: number
  readonly offset: number
  readonly disk: number
}

/**
 * Replaces the numbers that did not fit by those of the zip64 field (APPNOTE 4.5.3: in this order, and only those that
 * are marked). `undefined` where the field is missing, too short or impossible.
 */
export function widen(
  bytes: Buffer,
  short: ZipNumbers,
  field: ExtraField | undefined,
): ZipNumbers | undefined {
  const marked =
    short.sizeBytes === 0xffffffff ||
    short.compressedBytes === 0xffffffff ||
    short.offset === 0xffffffff ||
    short.disk === 0xffff
  if (!marked) return field?.length === 0 ? undefined : short
  if (field === undefined) return undefined

  const end = field.at + field.length
  let at = field.at
  const next = (value: number, marker: number): number | undefined => {
    if (value !== marker) return value
    at += 8
    return at <= end ? readSafe64(bytes, at - 8) : undefined
  }
  const sizeBytes = next(short.sizeBytes, 0xffffffff)
  const compressedBytes = next(short.compressedBytes, 0xffffffff)
  const offset = next(short.offset, 0xffffffff)
  if (sizeBytes === undefined || compressedBytes === undefined || offset === undefined) return undefined
  if (short.disk !== 0xffff) return { sizeBytes, compressedBytes, offset, disk: short.disk }
  return at + 4 <= end ? { sizeBytes, compressedBytes, offset, disk: bytes.readUInt32LE(at) } : undefined
}
