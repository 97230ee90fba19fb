import { ArrowLeft, ArrowLeftRight, Columns2, FileDiff, Minus, Pencil, Plus } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Comparison, EntryChange } from '../../../shared/model/entry.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize, formatTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { amend, goBack } from '../../navigation.ts'
import { archivesTexts, useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import styles from './browser.module.css'
import { EntryComparison } from './entry-comparison.tsx'

interface CompareViewProps {
  readonly before: ArchiveId
  readonly after: ArchiveId
}

const tones = { added: 'good', removed: 'bad', changed: 'caution' } as const
const icons = { added: Plus, removed: Minus, changed: Pencil }

/** Two archives: what was added, removed or changed, and both sides of what is selected. */
export function CompareView({ before, after }: CompareViewProps): ReactElement {
  const { compare: texts } = useArchivesTexts()
  const language = useLanguage()
  const byId = useStore(archivesStore, (state) => state.byId)
  const comparison = useComparison(before, after)
  const label = (id: ArchiveId): string => labelOf(byId.get(id), id, language)
  const swap = (): void => amend({ view: 'compare', before: after, after: before })
  return (
    <section className={styles['view']}>
      <PageHeader
        title={texts.title}
        subtitle={`${label(before)} → ${label(after)}`}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
        actions={<Button label={texts.swap} icon={ArrowLeftRight} onPress={swap} />}
      />
      {comparison.phase === 'loading' && (
        <div className={styles['middle']}>
          <Spinner label={texts.running} size={24} />
        </div>
      )}
      {comparison.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel failure={comparison.failure} />
        </div>
      )}
      {comparison.phase === 'ready' && (
        <Changes
          key={`${before} ${after}`}
          comparison={comparison.value}
          before={before}
          after={after}
          labels={[label(before), label(after)]}
        />
      )}
    </section>
  )
}

interface ChangesProps extends CompareViewProps {
  readonly comparison: Comparison
  readonly labels: readonly [string, string]
}

function Changes({ comparison, before, after, labels }: ChangesProps): ReactElement {
  const { compare: texts } = useArchivesTexts()
  const language = useLanguage()
  const [path, setPath] = useState<string>()
  const columns = useMemo(() => changeColumns(language), [language])
  const { changes, unchanged } = comparison
  const chosen = changes.find((change) => change.path === path)
  if (changes.length === 0) {
    return (
      <div className={styles['middle']}>
        <EmptyState icon={Columns2} sentence={texts.same} />
      </div>
    )
  }
  return (
    <SplitPane
      label={texts.divider}
      direction="rows"
      defaultSize={36}
      minFirst={140}
      minSecond={200}
      first={
        <div className={styles['tree']}>
          <Table
            label={texts.table}
            rows={changes}
            columns={columns}
            rowId={(change) => change.path}
            rowText={(change) => change.path}
            selectionMode="single"
            selectedKeys={new Set(path === undefined ? [] : [path])}
            onSelectionChange={([key]) => setPath(key)}
            defaultSort={{ column: 'path', direction: 'ascending' }}
          />
          <p className={styles['count']}>{texts.unchanged(formatCount(unchanged, language))}</p>
        </div>
      }
      second={
        chosen === undefined ? (
          <div className={styles['middle']}>
            <EmptyState icon={FileDiff} sentence={texts.choose} />
          </div>
        ) : (
          <EntryComparison key={chosen.path} before={before} after={after} change={chosen} labels={labels} />
        )
      }
    />
  )
}

function useComparison(before: ArchiveId, after: ArchiveId): Loaded<Comparison> {
  const key = `${before} ${after}`
  const [answer, setAnswer] = useState<{ readonly key: string; readonly comparison: Loaded<Comparison> }>()
  useEffect(() => {
    let isWanted = true
    void request('compare.archives', { before, after }).then((result) => {
      if (isWanted) setAnswer({ key, comparison: loadedFrom(result) })
    })
    return () => {
      isWanted = false
    }
  }, [before, after, key])
  return answer?.key === key ? answer.comparison : loading
}

function labelOf(record: ArchiveRecord | undefined, id: ArchiveId, language: Language): string {
  return record === undefined ? id : `${record.device.name}, ${formatTime(record.takenAt, language).local}`
}

function changeColumns(language: Language): readonly Column<EntryChange>[] {
  const { compare: texts } = archivesTexts[language]
  const sizeOf = (side: EntryChange['before']): string =>
    side === undefined ? '–' : formatSize(side.sizeBytes, language)
  return [
    {
      id: 'change',
      label: texts.change,
      render: ({ change }) => (
        <StatusBadge tone={tones[change]} icon={icons[change]} look="plain" label={texts.kinds[change]} />
      ),
      sortValue: ({ change }) => change,
      width: 112,
    },
    {
      id: 'path',
      label: texts.path,
      render: ({ path }) => <bdi>{escapeUntrusted(path)}</bdi>,
      text: ({ path }) => escapeUntrusted(path),
      sortValue: ({ path }) => path,
      isRowHeader: true,
      grow: 3,
      minWidth: 200,
    },
    {
      id: 'before',
      label: texts.before,
      render: ({ before }) => sizeOf(before),
      sortValue: ({ before }) => before?.sizeBytes,
      align: 'end',
      width: 96,
    },
    {
      id: 'after',
      label: texts.after,
      render: ({ after }) => sizeOf(after),
      sortValue: ({ after }) => after?.sizeBytes,
      align: 'end',
      width: 96,
    },
  ]
}
