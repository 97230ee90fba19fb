import { useStore } from 'zustand'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'

/** How an archive is called beside another one: its device and its time. */
export function useArchiveLabel(id: ArchiveId): string {
  const language = useLanguage()
  const record = useStore(archivesStore, ({ byId }) => byId.get(id))
  return record === undefined ? id : `${record.device.name}, ${formatTime(record.takenAt, language).local}`
}
