import type { FitFilter } from '../../shared/model/fit-filter.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { Fleet } from './fit-fleet.ts'

/** Rows and columns of the matrix, by their places in the fleet. */
export interface Selection {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

/** The rows and columns that a filter leaves; what needs the cells themselves (`kind`) is not looked at here. */
export function select({ archives, devices }: Fleet, filter: Omit<FitFilter, 'kind'>): Selection {
  const newest = filter.newestOnly ? newestOf(archives.map(({ record }) => record)) : undefined
  const rows = placesOf(
    archives,
    ({ record }) =>
      isOfFamily(record, filter) &&
      includesWords(filter.archiveDevice, record.device.name) &&
      (newest?.has(record) ?? true),
  )
  const columns = placesOf(
    devices,
    ({ device }) =>
      isOfFamily(device, filter) && includesWords(filter.device, [device.name, ...device.tags].join('\n')),
  )
  return { rows, columns }
}

/** The places of those that are wanted. */
export function placesOf<T>(all: readonly T[], isWanted: (one: T) => boolean): readonly number[] {
  return all.flatMap((one, place) => (isWanted(one) ? [place] : []))
}

function isOfFamily({ family }: Pick<ArchiveRecord, 'family'>, filter: Pick<FitFilter, 'family'>): boolean {
  return filter.family === undefined || filter.family === family
}

function includesWords(wanted: string, text: string): boolean {
  const within = text.toLocaleLowerCase()
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word))
}

/** The newest archive of each device. A device that is not in the inventory is told by name, address and family. */
function newestOf(records: readonly ArchiveRecord[]): ReadonlySet<ArchiveRecord> {
  const newest = new Map<string, ArchiveRecord>()
  for (const record of records) {
    const { id, name, address } = record.device
    const key = id ?? [record.family, name, address].join('\n')
    const known = newest.get(key)
    if (known === undefined || known.takenAt < record.takenAt) newest.set(key, record)
  }
  return new Set(newest.values())
}
