import { randomInt } from 'node:crypto'
import { archiveIdSchema, type ArchiveId } from '../../shared/model/record.ts'

const longestSlug = 40
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const tailLength = 6

/**
 * A new id: `<YYYYMMDDtHHMMSSz>-<device slug>-<6 characters>`. Sorts by time, says the device, is unique by the
 * random end, and is safe as a folder name everywhere.
 */
export function newArchiveId(takenAt: Date, deviceName: string): ArchiveId {
  const time = takenAt
    .toISOString()
    .replace(/\.\d+Z$/, 'z')
    .replaceAll(/[-:]/g, '')
    .toLowerCase()
  const tail = Array.from({ length: tailLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return archiveIdSchema.parse(`${time}-${slugOf(deviceName)}-${tail}`)
}

/** A name in lower-case letters, digits and single dashes; `device` where nothing of it is left. */
export function slugOf(name: string): string {
  const plain = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, longestSlug).replaceAll(/^-+|-+$/g, '') || 'device'
}
