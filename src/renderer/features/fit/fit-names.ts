import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { archiveOf } from '../../stores/archives.ts'
import { devicesStore } from '../../stores/devices.ts'

/** How a row is named: the device it came from, and when. */
export interface ArchiveName {
  readonly device: string
  readonly takenAt: string
}

/** The name of a row; its id while its record is not there. */
export function archiveName(id: ArchiveId, language: Language, record = archiveOf(id)): ArchiveName {
  if (record === undefined) return { device: id, takenAt: '' }
  return {
    device: escapeUntrusted(record.device.name),
    takenAt: formatTime(record.takenAt, language).local,
  }
}

/** The name of a column; its id while the device is not there. */
export function deviceName(id: DeviceId, known = devicesStore.getState().byId): string {
  return escapeUntrusted(known.get(id)?.device.name ?? id)
}
