import { useStore } from 'zustand'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'

/** How an archive is called beside another one: its device and its time, to the second, as both may be of one minute. */
export function useArchiveLabel(id: ArchiveId): string {
  const language = useLanguage()
  const record = useStore(archivesStore, ({ byId }) => byId.get(id))
  if (record === undefined) return id
  return `${record.device.name}, ${formatTime(record.takenAt, language, { seconds: true }).local}`
}
