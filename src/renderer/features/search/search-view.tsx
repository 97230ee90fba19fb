import { Search, SearchX } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { searchStore, setSearch } from '../../stores/search.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { HitTable } from './hit-table.tsx'
import { SearchForm } from './search-form.tsx'
import { SearchStanding } from './search-standing.tsx'
import { SkippedPlaces } from './skipped-places.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './search.module.css'
import { useSearchTexts } from './texts.ts'

interface SearchViewProps {
  /** Where to look, when the search was opened from there. */
  readonly archiveId?: ArchiveId | undefined
  readonly deviceId?: DeviceId | undefined
}

/** Files across all archives that hold a text in their names or contents, as they are found. */
export function SearchView({ archiveId, deviceId }: SearchViewProps): ReactElement {
  const texts = useSearchTexts()
  const { state, failure } = useStore(searchStore)
  useEffect(() => {
    if (archiveId !== undefined) setSearch({ scope: { kind: 'archive', archiveId } })
    else if (deviceId !== undefined) setSearch({ scope: { kind: 'device', deviceId } })
  }, [archiveId, deviceId])
  return (
    <section className={layout['column']}>
      <PageHeader title={texts.title} subtitle={texts.subtitle} />
      <SearchForm archiveId={archiveId} />
      {failure !== undefined && (
        <div className={styles['page']}>
          <FailurePanel failure={failure} />
        </div>
      )}
      {state !== undefined && <SearchStanding state={state} />}
      {state !== undefined && state.skippedCount > 0 && <SkippedPlaces state={state} />}
      <Found />
    </section>
  )
}

function Found(): ReactElement {
  const texts = useSearchTexts()
  const { state, hits, failure } = useStore(searchStore)
  if (hits.length > 0) return <HitTable hits={hits} />
  if (state?.phase === 'running' || failure !== undefined) return <div className={layout['middle']} />
  const text = state === undefined ? '' : escapeUntrusted(state.query.text)
  const isWhole = state?.skippedCount === 0 && state.phase === 'done'
  return (
    <div className={layout['middle']}>
      {state === undefined ? (
        <EmptyState icon={Search} sentence={texts.nothingTyped} />
      ) : (
        <EmptyState
          icon={SearchX}
          sentence={isWhole ? texts.nothingFound(text) : texts.nothingFoundInPart(text)}
        />
      )}
    </div>
  )
}
