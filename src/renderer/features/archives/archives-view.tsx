import { Archive, FileInput, MonitorSmartphone } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ArchiveList } from '../../../shared/ipc/views.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { reloadArchives } from '../../live.ts'
import { amend, go } from '../../navigation.ts'
import { archiveDrag, archiveDragOut } from '../../parts/archive-drag.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { annotationsStore } from '../../stores/annotations.ts'
import { importDropped } from '../../dropped-files.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { Table, type Selected } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { archiveActions, importArchive } from './archive-actions.ts'
import { archiveColumns } from './archive-columns.tsx'
import { ArchiveDetail } from './archive-detail.tsx'
import { archiveList, idsOf, searchList, selectInList, showInList } from './archive-list.ts'
import layout from '../../ui/layout/layout.module.css'
import styles from './archives.module.css'
import { DeviceShelf } from './device-shelf.tsx'
import { VaultTabs } from './vault-tabs.tsx'

interface ArchivesViewProps {
  /** The archive to select and to show. */
  readonly archiveId: ArchiveId | undefined
}

/** The vault: the list of archives, and the record of the selected one. Files from elsewhere can be dropped here. */
export function ArchivesView({ archiveId }: ArchivesViewProps): ReactElement {
  const texts = useArchivesTexts()
  const language = useLanguage()
  const archives = useStore(archivesStore, (state) => state.archives)
  const list = archives.phase === 'ready' ? archives.value : undefined
  const count = list?.records.length ?? 0
  return (
    <div
      className={classes(layout['column'], styles['view'])}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        void importDropped([...event.dataTransfer.files])
      }}
    >
      <PageHeader
        title={texts.title}
        subtitle={list && texts.count(formatCount(count, language), count === 1)}
        actions={
          <Button label={texts.actions.import} icon={FileInput} onPress={() => void importArchive()} />
        }
      />
      {archives.phase === 'loading' && (
        <div className={layout['middle']}>
          <Spinner label={texts.loading} size={24} />
        </div>
      )}
      {archives.phase === 'failed' && (
        <div className={layout['page']}>
          <FailurePanel
            failure={archives.failure}
            actions={<FailureActions failure={archives.failure} retry={() => void reloadArchives()} />}
          />
        </div>
      )}
      {list !== undefined && (
        <VaultTabs archives={<Vault list={list} archiveId={archiveId} />} archiveId={archiveId} />
      )}
    </div>
  )
}

function Vault({ list, archiveId }: { readonly list: ArchiveList } & ArchivesViewProps): ReactElement {
  const texts = useArchivesTexts()
  const language = useLanguage()
  if (list.records.length === 0 && list.damaged.length === 0) {
    return (
      <div className={layout['middle']}>
        <EmptyState
          icon={Archive}
          sentence={texts.none}
          action={
            <Button
              variant="primary"
              label={texts.toDevices}
              icon={MonitorSmartphone}
              onPress={() => go({ view: 'devices' })}
            />
          }
        />
      </div>
    )
  }
  return (
    <>
      {list.damaged.length > 0 && (
        <Notice tone="bad" look="bar">
          {texts.damaged(formatCount(list.damaged.length, language), list.damaged.length === 1)}{' '}
          {list.damaged.map(({ folder }) => folder).join(', ')}
        </Notice>
      )}
      <ListAndDetail records={list.records} archiveId={archiveId} />
    </>
  )
}

function ListAndDetail({
  records,
  archiveId,
}: { readonly records: readonly ArchiveRecord[] } & ArchivesViewProps): ReactElement {
  const texts = useArchivesTexts()
  const language = useLanguage()
  const { search, selected } = useStore(archiveList)
  useEffect(() => showInList(archiveId), [archiveId])
  const annotations = useStore(annotationsStore, ({ byId }) => byId)
  const columns = useMemo(() => archiveColumns(language, annotations), [language, annotations])
  const rows = useMemo(() => records.filter((record) => isFound(record, search)), [records, search])
  const chosen = useMemo(() => records.filter(({ id }) => selected.has(id)), [records, selected])
  const onlyId = chosen.length === 1 ? chosen[0]?.id : undefined
  useEffect(() => amend({ view: 'archives', ...(onlyId !== undefined && { archiveId: onlyId }) }), [onlyId])
  return (
    <>
      <SplitPane
        label={texts.divider}
        defaultSize={72}
        minFirst={320}
        minSecond={320}
        first={
          <div className={layout['column']}>
            <Toolbar label={texts.toolbar}>
              <SearchField label={texts.search} value={search} onChange={searchList} size="small" />
            </Toolbar>
            <Table
              label={texts.table}
              rows={rows}
              columns={columns}
              rowId={({ id }) => id}
              rowText={({ device }) => device.name}
              selectionMode="multiple"
              selectedKeys={selected}
              onSelectionChange={selectInList}
              defaultSort={{ column: 'taken', direction: 'descending' }}
              onOpen={({ id }) => go({ view: 'browse', archiveId: id })}
              menu={(record, keys) =>
                archiveActions(
                  keys.has(record.id) && keys.size === 2 ? chosenOf(records, keys) : [record],
                  language,
                )
              }
              drag={archiveDrag}
              {...archiveDragOut}
              empty={
                <EmptyState
                  icon={Archive}
                  sentence={texts.noneFound}
                  action={<Button label={texts.clearSearch} onPress={() => searchList('')} />}
                />
              }
            />
          </div>
        }
        second={<ArchiveDetail chosen={chosen} />}
      />
      <DeviceShelf />
    </>
  )
}

function chosenOf(records: readonly ArchiveRecord[], keys: Selected): readonly ArchiveRecord[] {
  const ids = idsOf(keys)
  return records.filter(({ id }) => ids.includes(id))
}

function isFound({ device, fileName, note }: ArchiveRecord, search: string): boolean {
  return `${device.name} ${fileName} ${note ?? ''}`.toLowerCase().includes(search.trim().toLowerCase())
}
