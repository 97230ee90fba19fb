import { Archive, MonitorSmartphone } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { archiveIdSchema, type ArchiveRecord } from '../../../shared/model/record.ts'
import type { Language } from '../../../shared/text/language.ts'
import { go } from '../../navigation.ts'
import { recordColumns } from '../../parts/archive-columns.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { choose, goToStep, wizardStore } from './wizard-store.ts'

/** Which archive. */
export function ArchiveStep(): ReactElement {
  const texts = useRestoreTexts()
  const language = useLanguage()
  const list = useStore(archivesStore, ({ archives }) => valueOf(archives))
  const chosen = useStore(wizardStore, ({ archiveId }) => archiveId)
  const [search, setSearch] = useState('')
  const rows = useMemo(
    () => (list?.records ?? []).filter((record) => isFound(record, search)),
    [list, search],
  )
  const columns = useMemo(() => archiveColumns(language), [language])
  const isEmpty = list?.records.length === 0
  const next = (): void => goToStep('target')
  return (
    <StepFrame
      content="fill"
      intro={
        <>
          <p>{texts.archive.intro}</p>
          <SearchField label={texts.archive.search} value={search} onChange={setSearch} size="small" />
        </>
      }
      actions={
        <Button
          variant="primary"
          label={texts.next.archive}
          isDisabled={chosen === undefined}
          onPress={next}
        />
      }
    >
      <Table
        label={texts.archive.table}
        rows={rows}
        columns={columns}
        rowId={({ id }) => id}
        rowText={({ device }) => device.name}
        selectionMode="single"
        selectedKeys={new Set(chosen === undefined ? [] : [chosen])}
        onSelectionChange={(keys) => {
          const [key] = keys
          choose({ archiveId: key === undefined ? undefined : archiveIdSchema.parse(key) })
        }}
        onOpen={({ id }) => {
          choose({ archiveId: id })
          next()
        }}
        defaultSort={{ column: 'taken', direction: 'descending' }}
        empty={
          <EmptyState
            icon={Archive}
            sentence={isEmpty ? texts.archive.none : texts.archive.noneFound}
            action={
              isEmpty && (
                <Button
                  label={texts.archive.toDevices}
                  icon={MonitorSmartphone}
                  onPress={() => go({ view: 'devices' })}
                />
              )
            }
          />
        }
      />
    </StepFrame>
  )
}

function isFound({ device, fileName, note }: ArchiveRecord, search: string): boolean {
  const words = `${device.name} ${fileName} ${note ?? ''}`.toLowerCase()
  return words.includes(search.trim().toLowerCase())
}

function archiveColumns(language: Language): readonly Column<ArchiveRecord>[] {
  const columns = recordColumns(language)
  return [
    { ...columns.device, grow: 2, minWidth: 130 },
    { ...columns.taken, width: 150 },
    { ...columns.system, grow: 2, minWidth: 120 },
    { ...columns.origin, width: 120 },
    { ...columns.size, width: 98 },
  ]
}
