import { FolderOpen, History } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { SearchHit } from '../../../shared/model/search.ts'
import { go } from '../../navigation.ts'
import { archivesStore } from '../../stores/archives.ts'
import { searchStore, setSearch } from '../../stores/search.ts'
import { useLanguage } from '../../texts.ts'
import type { MenuGroups } from '../../ui/actions/menu.tsx'
import { Table } from '../../ui/data/table.tsx'
import { openHit } from './hit-actions.tsx'
import { hitColumns, rowOf, type HitRow } from './hit-columns.tsx'
import { useSearchTexts } from './texts.ts'

/** The files that were found, in the order in which they were. Enter opens one in its archive. */
export function HitTable({ hits }: { readonly hits: readonly SearchHit[] }): ReactElement {
  const texts = useSearchTexts()
  const language = useLanguage()
  const byId = useStore(archivesStore, (archives) => archives.byId)
  const selected = useStore(searchStore, (search) => search.selected)
  const rows = useMemo(() => hits.map((hit, index) => rowOf(hit, index, byId)), [hits, byId])
  const isContents = hits[0]?.content !== undefined
  const columns = useMemo(() => hitColumns(language, isContents), [language, isContents])
  return (
    <Table
      label={texts.results}
      rows={rows}
      columns={columns}
      rowId={idOf}
      rowText={nameOf}
      selectionMode="single"
      selectedKeys={selected}
      onSelectionChange={(keys) => setSearch({ selected: keys })}
      onOpen={({ hit }) => openHit(hit)}
      menu={({ hit, deviceId }): MenuGroups => [
        [
          { id: 'open', label: texts.open, icon: FolderOpen, onAction: () => openHit(hit) },
          ...(deviceId === undefined
            ? []
            : [
                {
                  id: 'history',
                  label: texts.history,
                  icon: History,
                  onAction: () => go({ view: 'history', deviceId, inside: hit.inside, entry: hit.path }),
                },
              ]),
        ],
      ]}
    />
  )
}

function idOf({ id }: HitRow): string {
  return id
}

function nameOf({ name }: HitRow): string {
  return name
}
