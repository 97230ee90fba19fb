import { Activity, Archive, FolderSearch, RotateCcw, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { go } from '../../navigation.ts'
import { compareTexts } from '../../parts/compare-texts.ts'
import { tellsSettings } from '../../../shared/model/family-settings.ts'
import { archiveDrag, archiveDragOut } from '../../parts/archive-drag.ts'
import { Moment } from '../../parts/moment.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import type { MenuGroups } from '../../ui/actions/menu.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import styles from './devices.module.css'
import { devicesTexts, useDevicesTexts } from './texts.ts'

/** The archives of a device, newest first. They can be dragged to any device of the list. */
export function DeviceArchives({ view }: { readonly view: DeviceView }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const { id, name } = view.device
  const list = useStore(archivesStore, ({ archives }) => valueOf(archives))
  const rows = useMemo(() => list?.records.filter(({ device }) => device.id === id) ?? [], [list, id])
  const columns = useMemo(() => archiveColumns(language), [language])
  const live = (archiveId: ArchiveRecord['id']): MenuGroups[number] =>
    tellsSettings[view.device.family]
      ? [
          {
            id: 'compare-live',
            label: compareTexts[language].live.action,
            icon: Activity,
            onAction: () => go({ view: 'compare-live', archiveId, deviceId: id }),
          },
        ]
      : []
  const menu = ({ id: archiveId }: ArchiveRecord): MenuGroups => [
    [
      {
        id: 'browse',
        label: texts.archives.browse,
        icon: FolderSearch,
        onAction: () => go({ view: 'browse', archiveId }),
      },
      {
        id: 'open',
        label: texts.archives.open,
        icon: Archive,
        onAction: () => go({ view: 'archives', archiveId }),
      },
      ...live(archiveId),
    ],
    [
      {
        id: 'restore',
        label: texts.archives.restore(name),
        icon: RotateCcw,
        onAction: () => go({ view: 'restore', archiveId, deviceId: id }),
      },
    ],
  ]
  return (
    <Table
      label={texts.archives.table}
      rows={rows}
      columns={columns}
      rowId={idOf}
      rowText={fileNameOf}
      selectionMode="single"
      rowHeight={48}
      defaultSort={{ column: 'taken', direction: 'descending' }}
      onOpen={({ id: archiveId }) => go({ view: 'browse', archiveId })}
      menu={menu}
      drag={archiveDrag}
      {...archiveDragOut}
      empty={<EmptyState icon={Archive} sentence={texts.archives.none} />}
    />
  )
}

function archiveColumns(language: Language): readonly Column<ArchiveRecord>[] {
  const { archives: texts } = devicesTexts[language]
  return [
    {
      id: 'taken',
      label: texts.taken,
      render: (record) => <ArchiveCell record={record} />,
      text: ({ fileName }) => fileName,
      sortValue: ({ takenAt }) => takenAt,
      isRowHeader: true,
      isTabular: true,
      grow: 1,
      minWidth: 180,
    },
    {
      id: 'size',
      label: texts.size,
      render: ({ sizeBytes }) => formatSize(sizeBytes, language),
      sortValue: ({ sizeBytes }) => sizeBytes,
      align: 'end',
      width: 88,
    },
  ]
}

/** Two lines, because the pane is narrow: when it was taken, and below how far it is proven and what is special. */
function ArchiveCell({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const words = wordsIn(useLanguage())
  const { takenAt, proof, origin, note } = record
  const special = [origin === 'backup' ? '' : words.origin[origin], note ?? '']
  return (
    <span className={styles['twoLines']}>
      <Moment at={takenAt} />
      <span className={styles['secondLine']}>
        <StatusBadge
          tone={proof === 'L2' ? 'good' : 'unknown'}
          icon={ShieldCheck}
          look="plain"
          label={words.proof[proof]}
        />
        <span className={styles['cut']}>{special.filter((word) => word !== '').join(' · ')}</span>
      </span>
    </span>
  )
}

function idOf({ id }: ArchiveRecord): string {
  return id
}

function fileNameOf({ fileName }: ArchiveRecord): string {
  return fileName
}
