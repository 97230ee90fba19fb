import { FilterX, History } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ActivityEntry } from '../../../shared/model/activity.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useSlashKey } from '../../slash-key.ts'
import { ListPane } from '../../parts/list-pane.tsx'
import { jobsStore } from '../../stores/jobs.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { Table } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Select } from '../../ui/fields/select.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { activityColumns, idOf } from './activity-columns.tsx'
import { ActivityDetail } from './activity-detail.tsx'
import { activityFilters, activityList, setActivityList, shownEntries } from './activity-list.ts'
import layout from '../../ui/layout/layout.module.css'
import styles from './activity.module.css'
import { useActivityTexts } from './texts.ts'

/** Main answers with the newest entries only; from this number on there may be older ones. */
const mainAnswersAtMost = 500

/** The append-only history: who did what to which device, when, with what result. */
export function ActivityView(): ReactElement {
  const texts = useActivityTexts()
  const [entries, reload] = useEntries()
  return (
    <>
      <PageHeader title={texts.title} subtitle={texts.subtitle} />
      {entries.phase === 'loading' && (
        <div className={layout['middle']}>
          <Spinner label={texts.loading} size={24} />
        </div>
      )}
      {entries.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel
            failure={entries.failure}
            actions={<FailureActions failure={entries.failure} retry={reload} />}
          />
        </div>
      )}
      {entries.phase === 'ready' &&
        (entries.value.length === 0 ? (
          <div className={layout['middle']}>
            <EmptyState icon={History} sentence={texts.empty} />
          </div>
        ) : (
          <Entries entries={entries.value} />
        ))}
    </>
  )
}

/** The newest entries; asked for again whenever a job ends, because main writes them down without telling. */
function useEntries(): readonly [Loaded<readonly ActivityEntry[]>, () => void] {
  const [entries, setEntries] = useState<Loaded<readonly ActivityEntry[]>>(loading)
  const [attempt, setAttempt] = useState(0)
  const endedJobs = useStore(
    jobsStore,
    ({ jobs }) => [...jobs.values()].filter(({ endedAt }) => endedAt !== undefined).length,
  )
  useEffect(() => {
    let isWanted = true
    void request('activity.list').then((result) => {
      if (isWanted) setEntries(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [attempt, endedJobs])
  return [entries, () => setAttempt(attempt + 1)]
}

function Entries({ entries }: { readonly entries: readonly ActivityEntry[] }): ReactElement {
  const texts = useActivityTexts()
  const language = useLanguage()
  const { query, filter, selected } = useStore(activityList)
  const search = useRef<HTMLInputElement>(null)
  useSlashKey(search)
  const rows = useMemo(
    () => shownEntries(entries, { query, filter }, language),
    [entries, query, filter, language],
  )
  const columns = useMemo(() => activityColumns(language), [language])
  return (
    <ListPane
      label={texts.widthOfList}
      defaultSize={66}
      first={
        <div className={layout['column']}>
          <Toolbar
            label={texts.toolbar}
            end={
              entries.length >= mainAnswersAtMost && (
                <span className={styles['quiet']}>{texts.newest(formatCount(entries.length, language))}</span>
              )
            }
          >
            <SearchField
              label={texts.search}
              value={query}
              onChange={(text) => setActivityList({ query: text })}
              keys="/"
              size="small"
              inputRef={search}
            />
            <Select
              label={texts.show}
              labelLook="hidden"
              size="small"
              options={activityFilters.map((id) => ({ id, label: texts.filters[id] }))}
              value={filter}
              onChange={(chosen) => setActivityList({ filter: chosen })}
            />
          </Toolbar>
          <Table
            label={texts.table}
            rows={rows}
            columns={columns}
            rowId={idOf}
            rowText={({ subject }) => subject}
            selectionMode="single"
            selectedKeys={selected}
            onSelectionChange={(keys) => setActivityList({ selected: keys })}
            defaultSort={{ column: 'at', direction: 'descending' }}
            empty={
              <EmptyState
                icon={FilterX}
                sentence={texts.nothingFound}
                action={
                  <Button label={texts.clear} onPress={() => setActivityList({ query: '', filter: 'all' })} />
                }
              />
            }
          />
        </div>
      }
      second={<ActivityDetail entry={entries.find((entry) => selected.has(idOf(entry)))} />}
    />
  )
}
