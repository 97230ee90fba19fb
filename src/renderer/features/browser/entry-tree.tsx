import { SearchX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { useBrowseTexts } from '../../parts/browse-texts.ts'
import { dragOut } from '../../parts/drag-out.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useLanguage } from '../../texts.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { TreeTable } from '../../ui/data/tree-table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './browser.module.css'
import { treeColumns } from './entry-columns.tsx'
import { entryMenu } from './entry-menu.ts'
import type { ShownRow } from './paged-tree.ts'
import { sayTooMany, selectedAtMost } from './take-out.ts'
import {
  filterTree,
  rowAt,
  rowCountOf,
  selectPaths,
  showRows,
  toggleFolder,
  treeStore,
} from './tree-store.ts'

interface EntryTreeProps {
  readonly place: ArchivePlace
  /** The file that is shown beside it. */
  readonly entry: string | undefined
  readonly onShow: (path: string) => void
}

const filterAfterMs = 150

/** The tree of an archive, or the files a filter found in all of it. Entry names are untrusted text. */
export function EntryTree({ place, entry, onShow }: EntryTreeProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const state = useStore(treeStore)
  const { tree, found, filter, selected, failure, version } = state
  const columns = useMemo(() => treeColumns(language, found !== undefined), [language, found])
  const rows = useRows()
  useShownEntry(entry)
  const show = ({ row }: ShownRow): void => {
    if (row.kind === 'folder' && found === undefined) toggleFolder(row.path, !tree.isOpen(row.path))
    else if (row.kind !== 'folder') onShow(row.path)
  }
  return (
    <div className={layout['column']}>
      <Toolbar label={texts.tree} end={<Counts />}>
        <Filter key={place.inside.join('\0')} />
      </Toolbar>
      {failure !== undefined && <FailurePanel failure={failure} />}
      <TreeTable
        label={texts.tree}
        columns={columns}
        rowCount={rowCountOf(state)}
        rowAt={rows.at}
        rowId={({ row }) => row.path}
        indexOf={rows.indexOf}
        rowText={({ row }) => row.name}
        onRowsShown={useCallback(
          // Another version may lack a page of what has been in sight all along.
          (first: number, end: number) => showRows(first, end),
          // eslint-disable-next-line react-hooks/exhaustive-deps
          [version, found],
        )}
        tree={{
          level: ({ level }) => level,
          isExpanded: ({ row }) => (row.kind === 'folder' ? tree.isOpen(row.path) : undefined),
          onToggle: ({ row }, isOpen) => toggleFolder(row.path, isOpen),
          parentOf: (index) => (found === undefined ? tree.parentOf(index) : undefined),
        }}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={(keys) => {
          selectPaths(keys)
          const [path] = keys
          const index = path === undefined ? undefined : rows.indexOf(path)
          const only = keys.size === 1 && index !== undefined ? rows.at(index) : undefined
          if (only !== undefined && only.row.kind !== 'folder') onShow(only.row.path)
        }}
        onSelectAll={selectTop}
        onOpen={show}
        menu={({ row }, chosen) => entryMenu(place, row, chosen)}
        onDragOut={(_, chosen) => {
          if (chosen.size > selectedAtMost) sayTooMany()
          else void dragOut(async () => await request('browse.drag', { place, entries: [...chosen] }))
        }}
        empty={<EmptyState icon={SearchX} sentence={filter === '' ? texts.empty : texts.noneFound} />}
      />
    </div>
  )
}

interface TreeRows {
  readonly at: (index: number) => ShownRow | undefined
  readonly indexOf: (path: string) => number | undefined
}

/** The rows as the grid asks for them; another object whenever one of them may be another. */
function useRows(): TreeRows {
  const { tree, found, version } = useStore(treeStore)
  return useMemo(() => {
    const places = found && new Map(found.rows.map(({ path }, index) => [path, index]))
    return {
      version,
      at: (index) => rowAt({ tree, found }, index),
      indexOf: (path) => (places === undefined ? tree.indexOf(path) : places.get(path)),
    }
  }, [tree, found, version])
}

/** On coming back to an archive, the file that is shown is the one that is selected. */
function useShownEntry(entry: string | undefined): void {
  useEffect(() => {
    const { selected } = treeStore.getState()
    if (entry !== undefined && selected.size === 0) selectPaths(new Set([entry]))
  }, [entry])
}

/** Everything is what lies at the top: what is below comes with it. */
function selectTop(): void {
  const state = treeStore.getState()
  const paths: string[] = []
  for (let index = 0; index < Math.min(rowCountOf(state), selectedAtMost * 2); index += 1) {
    const shown = rowAt(state, index)
    // Some of it is not there yet, or it is too much to be named.
    if (shown === undefined || paths.length >= selectedAtMost) {
      sayTooMany()
      return
    }
    if (shown.level === 1) paths.push(shown.row.path)
  }
  selectPaths(new Set(paths))
}

function Counts(): ReactElement {
  const texts = useBrowseTexts()
  const language = useLanguage()
  const { found, selected } = useStore(treeStore)
  const count = (value: number): string => formatCount(value, language)
  const words = [
    ...(found === undefined ? [] : [texts.found(count(found.rows.length), count(found.total))]),
    ...(selected.size < 2 ? [] : [texts.selected(count(selected.size))]),
  ]
  return (
    <span className={styles['quiet']} aria-live="polite">
      {words.join(' · ')}
    </span>
  )
}

function Filter(): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const [typed, setTyped] = useState(treeStore.getState().filter)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return undefined
    }
    const timer = setTimeout(() => void filterTree(typed), filterAfterMs)
    return () => clearTimeout(timer)
  }, [typed])
  return <SearchField label={texts.filter} value={typed} onChange={setTyped} size="small" />
}
