import type { ExtraFields } from './zip-extra.ts'
import { central } from './zip-layout.ts'

/** Milliseconds between 1601, where Windows counts from, and 1970. */
const windowsEpochMs = 11_644_473_600_000

/**
 * When an entry was changed, as ISO text. With a `Z` where an extra field gives the moment; without any zone where only
 * the DOS time is there, which is local time of a clock nobody recorded.
 */
export function modifiedAt(bytes: Buffer, header: number, extra: ExtraFields): string | undefined {
  const { unixTime, ntfsTime } = extra
  if (unixTime !== undefined && unixTime.length >= 5 && ((bytes[unixTime.at] ?? 0) & 1) === 1) {
    return isoTime(bytes.readInt32LE(unixTime.at + 1) * 1000)
  }
  // Reserved, tag 1 and its size, then three times of 8 bytes; the first is the one of the change.
  if (ntfsTime !== undefined && ntfsTime.length >= 32 && bytes.readUInt16LE(ntfsTime.at + 4) === 1) {
    const ticks = Number(bytes.readBigUInt64LE(ntfsTime.at + 8))
    return isoTime(Math.round(ticks / 10_000) - windowsEpochMs)
  }
  return dosTime(bytes.readUInt16LE(header + central.date), bytes.readUInt16LE(header + central.time))
}

function dosTime(date: number, time: number): string | undefined {
  const day = date & 31
  const month = (date >>> 5) & 15
  const hours = time >>> 11
  const minutes = (time >>> 5) & 63
  const seconds = (time & 31) * 2
  if (day === 0 || month === 0 || month > 12 || hours > 23 || minutes > 59 || seconds > 59) return undefined
  const two = (value: number): string => String(value).padStart(2, '0')
  const year = 1980 + (date >>> 9)
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${two(minutes)}:${two(seconds)}`
}

/** ISO text of a moment, `undefined` where it is beyond the dates that JavaScript knows. */
export function isoTime(epochMs: number): string | undefined {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
