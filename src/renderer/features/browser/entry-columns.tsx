import { File, FileLock, Folder, Link } from 'lucide-react'
import type { ReactElement } from 'react'
import { restrictions, type Restriction } from '../../../shared/model/archive-verdict.ts'
import type { TreeRow } from '../../../shared/model/entry.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { archivesTexts } from '../../parts/archives-texts.ts'
import { Moment } from '../../parts/moment.tsx'
import type { Column } from '../../ui/data/tree-table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useBrowseTexts } from '../../parts/browse-texts.ts'
import styles from './browser.module.css'
import type { ShownRow } from './paged-tree.ts'

const icons = { folder: Folder, file: File, link: Link, other: FileLock }

/** A file that was found shows its folder as well: its name alone may stand for many. */
export function treeColumns(language: Language, isFound: boolean): readonly Column<ShownRow>[] {
  const { browse: texts } = archivesTexts[language]
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
      render: ({ row }) => <EntryName row={row} isFound={isFound} />,
      text: ({ row }) => escapeUntrusted(row.name),
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

/** Names are untrusted: what is not seen is shown by its code point, and each is isolated in its direction. */
function EntryName({ row, isFound }: EntryNameProps): ReactElement {
  const texts = useBrowseTexts()
  const folder = row.path.slice(0, Math.max(0, row.path.lastIndexOf('/')))
  const restriction = restrictionOf(row)
  return (
    <span className={styles['entryName']} title={escapeUntrusted(row.path)}>
      <Icon icon={icons[row.kind]} size={14} />
      <bdi>{escapeUntrusted(row.name)}</bdi>
      {restriction !== undefined && (
        <span className={styles['mark']}>
          <StatusBadge
            tone="caution"
            look="plain"
            label={texts.marks[restriction]}
            title={`${texts.marks[restriction]}: ${texts.why[restriction]}`}
          />
        </span>
      )}
      {isFound && folder !== '' && <bdi className={styles['folder']}>{escapeUntrusted(folder)}</bdi>}
    </span>
  )
}

/** What lies in a folder decides for itself: the name of a folder alone holds nothing back. */
function restrictionOf({ restriction }: TreeRow): Restriction | undefined {
  return restrictions.find((known) => known === restriction)
}
