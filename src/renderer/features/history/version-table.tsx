import { FolderOpen } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { formatCount, formatSize, formatTime } from '../../../shared/text/format.ts'
import { failureText } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { WindowHistoryText } from '../../../shared/text/en/window-history.ts'
import { go } from '../../navigation.ts'
import { Moment } from '../../parts/moment.tsx'
import { useLanguage } from '../../texts.ts'
import { Table, type Column } from '../../ui/data/table.tsx'
import layout from '../../ui/layout/layout.module.css'
import { useHistoryTexts } from './texts.ts'
import type { VersionRange } from './version-ranges.ts'

interface VersionTableProps {
  readonly ranges: readonly VersionRange[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly inside: readonly string[]
  readonly entry: string
}

/** Every version once, however many backups hold it. Two that are chosen are shown below. */
export function VersionTable({ ranges, chosen, onChoose, inside, entry }: VersionTableProps): ReactElement {
  const texts = useHistoryTexts()
  const language = useLanguage()
  const columns = useMemo(() => versionColumns(texts, language), [texts, language])
  const open = ({ archiveId, file }: VersionRange): void => {
    if (file !== undefined) go({ view: 'browse', archiveId, ...(inside.length > 0 && { inside }), entry })
  }
  return (
    <div className={layout['column']}>
      <Table
        label={texts.versions}
        rows={ranges}
        columns={columns}
        rowId={idOf}
        selectionMode="multiple"
        selectionLook="checkbox"
        selectedKeys={chosen}
        onSelectionChange={onChoose}
        onOpen={open}
        menu={(range) => [[{ id: 'open', label: texts.open, icon: FolderOpen, onAction: () => open(range) }]]}
      />
    </div>
  )
}

function idOf({ archiveId }: VersionRange): string {
  return archiveId
}

/** The time a range stands for, as one knows it beside another one. */
export function spanOf(
  { newestAt, oldestAt }: VersionRange,
  texts: WindowHistoryText,
  language: Language,
): string {
  const [newest, oldest] = [formatTime(newestAt, language).local, formatTime(oldestAt, language).local]
  return newest === oldest ? newest : texts.span(newest, oldest)
}

function versionColumns(texts: WindowHistoryText, language: Language): readonly Column<VersionRange>[] {
  const { columns } = texts
  return [
    {
      id: 'taken',
      label: columns.taken,
      render: (range) => spanOf(range, texts, language),
      isRowHeader: true,
      isTabular: true,
      grow: 2,
      minWidth: 250,
    },
    {
      id: 'versions',
      label: columns.versions,
      render: (range) => standing(range, texts, language),
      grow: 1.5,
      minWidth: 140,
    },
    {
      id: 'size',
      label: columns.size,
      render: ({ file }) => (file === undefined ? '' : formatSize(file.sizeBytes, language)),
      align: 'end',
      width: 100,
    },
    {
      id: 'modified',
      label: columns.modified,
      render: ({ file }) => (file?.modifiedAt === undefined ? '' : <Moment at={file.modifiedAt} />),
      isTabular: true,
      width: 148,
    },
    {
      id: 'sha256',
      label: columns.sha256,
      render: ({ file }) => file?.sha256.slice(0, 16) ?? '',
      text: ({ file }) => file?.sha256 ?? '',
      isMono: true,
      width: 152,
    },
  ]
}

function standing(
  { file, failure, backups }: VersionRange,
  texts: WindowHistoryText,
  language: Language,
): string {
  if (failure !== undefined) return `${texts.unreadable}: ${failureText(failure, language).cause}`
  if (file === undefined) return backups === 1 ? texts.absentOne : texts.absent
  return texts.unchangedIn(backups, formatCount(backups, language))
}
