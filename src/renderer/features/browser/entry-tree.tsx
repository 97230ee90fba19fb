import { File, FileLock, Folder, Link, SearchX } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { foundAtMost, type TreeRow } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { amend } from '../../navigation.ts'
import { archivesTexts, useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useLanguage } from '../../texts.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { TreeTable, type Column } from '../../ui/data/tree-table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './browser.module.css'
import { filterTree, toggleFolder, treeStore, type ShownRow } from './tree-store.ts'

interface EntryTreeProps {
  readonly archiveId: ArchiveId
  readonly entry: string | undefined
  readonly onExtract: (path: string) => void
}

const icons = { folder: Folder, file: File, link: Link, other: FileLock }
const filterAfterMs = 150

/** The tree of an archive, or the files a filter found in all of it. Entry names are untrusted text. */
export function EntryTree({ archiveId, entry, onExtract }: EntryTreeProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const { shown, expanded, filter, failure } = useStore(treeStore)
  const isFound = filter.trim() !== ''
  const columns = useMemo(() => treeColumns(language, isFound), [language, isFound])
  const places = useMemo(() => new Map(shown.map(({ row }, index) => [row.path, index])), [shown])
  const show = ({ row }: ShownRow): void => {
    if (row.kind === 'folder') void toggleFolder(row.path, !expanded.has(row.path))
    else amend({ view: 'browse', archiveId, entry: row.path })
  }
  return (
    <div className={styles['tree']}>
      <Toolbar
        label={texts.tree}
        end={
          filter !== '' && (
            <span className={styles['quiet']}>
              {(shown.length < foundAtMost ? texts.found : texts.foundFirst)(
                formatCount(shown.length, language),
              )}
            </span>
          )
        }
      >
        <Filter />
      </Toolbar>
      {failure !== undefined && <FailurePanel failure={failure} />}
      <TreeTable
        label={texts.tree}
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ row }) => row.path}
        indexOf={(path) => places.get(path)}
        rowText={({ row }) => row.name}
        tree={{
          level: ({ level }) => level,
          isExpanded: ({ row }) => (row.kind === 'folder' ? expanded.has(row.path) : undefined),
          onToggle: ({ row }, isOpen) => void toggleFolder(row.path, isOpen),
        }}
        selectionMode="single"
        selectedKeys={new Set(entry === undefined ? [] : [entry])}
        onSelectionChange={(keys) => {
          const [path] = keys
          const chosen = path === undefined ? undefined : shown[places.get(path) ?? -1]
          if (chosen !== undefined && chosen.row.kind !== 'folder') show(chosen)
        }}
        onOpen={show}
        onPreview={show}
        menu={({ row }) => [[{ id: 'extract', label: texts.extract, onAction: () => onExtract(row.path) }]]}
        empty={<EmptyState icon={SearchX} sentence={filter === '' ? texts.empty : texts.noneFound} />}
      />
    </div>
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

/** A file that was found shows its folder as well: its name alone may stand for many. */
function treeColumns(language: Language, isFound: boolean): readonly Column<ShownRow>[] {
  const { browse: texts } = archivesTexts[language]
  const nameOf = ({ row }: ShownRow): string => escapeUntrusted(row.name)
  const modified: Column<ShownRow> = {
    id: 'modified',
    label: texts.modified,
    render: ({ row }) => (row.modifiedAt === undefined ? '' : <Moment at={row.modifiedAt} />),
    isTabular: true,
    width: 154,
  }
  return [
    {
      id: 'name',
      label: texts.name,
      render: (shown) => <EntryName row={shown.row} isFound={isFound} />,
      text: nameOf,
      isRowHeader: true,
      grow: 3,
      minWidth: 150,
    },
    {
      id: 'size',
      label: texts.size,
      render: ({ row }) => formatSize(row.sizeBytes, language),
      align: 'end',
      width: 98,
    },
    // Names and folders of what was found need the room.
    ...(isFound ? [] : [modified]),
  ]
}

interface EntryNameProps {
  readonly row: TreeRow
  readonly isFound: boolean
}

function EntryName({ row, isFound }: EntryNameProps): ReactElement {
  const path = escapeUntrusted(row.path)
  const folder = row.path.slice(0, Math.max(0, row.path.lastIndexOf('/')))
  const { browse } = useArchivesTexts()
  const why = browse.restrictions[row.restriction as keyof typeof browse.restrictions] as string | undefined
  return (
    <span
      className={styles['entryName']}
      title={why === undefined ? path : `${path}\n${browse.restricted(why)}`}
    >
      <Icon icon={icons[row.kind]} size={14} />
      <bdi>{escapeUntrusted(row.name)}</bdi>
      {isFound && folder !== '' && <bdi className={styles['folder']}>{escapeUntrusted(folder)}</bdi>}
    </span>
  )
}
