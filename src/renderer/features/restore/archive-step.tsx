import { Archive, MonitorSmartphone } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { archiveIdSchema, type ArchiveRecord } from '../../../shared/model/record.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { go } from '../../navigation.ts'
import { Moment } from '../../parts/moment.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { StepFrame } from './step-frame.tsx'
import { restoreTexts, useRestoreTexts } from './texts.ts'
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
  const { archive: texts } = restoreTexts[language]
  const words = wordsIn(language)
  const systemOf = ({ source }: ArchiveRecord): string =>
    [source.model?.value, source.systemVersion?.value].filter(Boolean).join(' · ')
  return [
    {
      id: 'device',
      label: texts.device,
      render: ({ device }) => device.name,
      sortValue: ({ device }) => device.name,
      isRowHeader: true,
      grow: 2,
      minWidth: 130,
    },
    {
      id: 'taken',
      label: texts.taken,
      render: ({ takenAt }) => <Moment at={takenAt} />,
      sortValue: ({ takenAt }) => takenAt,
      isTabular: true,
      width: 150,
    },
    { id: 'system', label: texts.system, render: systemOf, sortValue: systemOf, grow: 2, minWidth: 120 },
    {
      id: 'kind',
      label: texts.kind,
      render: ({ origin }) => words.origin[origin],
      sortValue: ({ origin }) => words.origin[origin],
      width: 120,
    },
    {
      id: 'size',
      label: texts.size,
      render: ({ sizeBytes }) => formatSize(sizeBytes, language),
      sortValue: ({ sizeBytes }) => sizeBytes,
      align: 'end',
      width: 98,
    },
  ]
}
