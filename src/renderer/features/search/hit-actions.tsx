import { FolderOpen, History } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { SearchHit } from '../../../shared/model/search.ts'
import { go } from '../../navigation.ts'
import { archivesStore } from '../../stores/archives.ts'
import { searchStore } from '../../stores/search.ts'
import { Button } from '../../ui/actions/button.tsx'
import { useSearchTexts } from './texts.ts'

/** What can be done with the file that is selected; nothing while none is. */
export function HitActions(): ReactElement | null {
  const texts = useSearchTexts()
  const hit = useStore(searchStore, ({ hits, selected }) => {
    const [id] = selected
    return id === undefined ? undefined : hits[Number(id)]
  })
  const deviceId = useStore(archivesStore, ({ byId }) => hit && byId.get(hit.archiveId)?.device.id)
  if (hit === undefined) return null
  return (
    <>
      <Button label={texts.open} size="small" icon={FolderOpen} onPress={() => openHit(hit)} />
      {deviceId !== undefined && (
        <Button
          label={texts.history}
          size="small"
          icon={History}
          onPress={() => go({ view: 'history', deviceId, inside: hit.inside, entry: hit.path })}
        />
      )}
    </>
  )
}

/** Shows a file in the archive in which it was found; one whose contents were searched, at what was found in them. */
export function openHit({ archiveId, inside, path, content }: SearchHit): void {
  const query = searchStore.getState().state?.query
  go({
    view: 'browse',
    archiveId,
    ...(inside.length > 0 && { inside }),
    entry: path,
    ...(content !== undefined &&
      query !== undefined && { find: { text: query.text, matchCase: query.matchCase } }),
  })
}
