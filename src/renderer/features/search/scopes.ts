import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import type { SearchScope } from '../../../shared/model/search.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'
import { useSearchTexts } from './texts.ts'

/** A list that opens is of no help beyond that; the view of a device leads to a search of its archives. */
const devicesAtMost = 200

/** A scope as the key of a choice. */
export function scopeKey(scope: SearchScope): string {
  switch (scope.kind) {
    case 'archive':
      return `archive ${scope.archiveId}`
    case 'device':
      return `device ${scope.deviceId}`
    case 'vault':
      return 'vault'
  }
}

/** The scope of a key that `scopeKey` made. */
export function scopeOf(key: string): SearchScope {
  const [kind, id = ''] = key.split(' ')
  // The ids come from scopes, and only went through a choice.
  if (kind === 'archive') return { kind, archiveId: id as ArchiveId }
  if (kind === 'device') return { kind, deviceId: id as DeviceId }
  return { kind: 'vault' }
}

/** Where can be looked: the archive one came from, the devices that have archives, everything. */
export function useScopes(
  archiveId: ArchiveId | undefined,
  chosen: SearchScope,
): readonly { readonly id: string; readonly label: string }[] {
  const texts = useSearchTexts()
  const language = useLanguage()
  const byId = useStore(archivesStore, (state) => state.byId)
  return useMemo(() => {
    const archives = new Set([archiveId, chosen.kind === 'archive' ? chosen.archiveId : undefined])
    const single = [...archives].flatMap((id) => {
      const record = id && byId.get(id)
      if (id === undefined || record === undefined) return []
      const label = texts.oneArchive(record.device.name, formatTime(record.takenAt, language).local)
      return [{ id: scopeKey({ kind: 'archive', archiveId: id }), label }]
    })
    const devices = namesOf([...byId.values()])
    const chosenDevice = chosen.kind === 'device' ? chosen.deviceId : undefined
    const listed = [...devices].filter(([id], index) => index < devicesAtMost || id === chosenDevice)
    return [
      { id: 'vault', label: texts.vault },
      ...single,
      ...listed.map(([deviceId, name]) => ({
        id: scopeKey({ kind: 'device', deviceId }),
        label: texts.ofDevice(name),
      })),
    ]
  }, [archiveId, chosen, byId, texts, language])
}

function namesOf(records: readonly ArchiveRecord[]): ReadonlyMap<DeviceId, string> {
  const names = new Map<DeviceId, string>()
  for (const { device } of records) if (device.id !== undefined) names.set(device.id, device.name)
  return new Map([...names].toSorted(([, one], [, other]) => one.localeCompare(other)))
}
