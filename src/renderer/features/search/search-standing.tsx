import type { ReactElement } from 'react'
import type { SearchState } from '../../../shared/model/search.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { searchTexts } from '../../parts/search-texts.ts'
import { cancelSearch } from '../../stores/search.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { HitActions } from './hit-actions.tsx'
import styles from './search.module.css'
import { useSearchTexts } from './texts.ts'

/** How far a search is, and how it ended. */
export function SearchStanding({ state }: { readonly state: SearchState }): ReactElement {
  const texts = useSearchTexts()
  const language = useLanguage()
  const { phase, archivesDone, archivesTotal, isCapped, hits } = state
  const isRunning = phase === 'running'
  const share = archivesTotal === 0 ? 1 : archivesDone / archivesTotal
  const [done, total] = [formatCount(archivesDone, language), formatCount(archivesTotal, language)]
  return (
    <>
      <div className={styles['standing']}>
        <p className={styles['told']} role={isRunning ? undefined : 'status'}>
          {standingText(state, language)}
        </p>
        <HitActions />
        {isRunning && (
          <>
            <div className={styles['bar']}>
              <ProgressBar
                label={texts.progress}
                share={share}
                valueText={texts.searched(done, total)}
                size="thin"
              />
            </div>
            <Button label={texts.cancel} size="small" onPress={() => void cancelSearch()} />
          </>
        )}
      </div>
      {isCapped && (
        <Notice tone="caution" look="bar">
          {texts.capped(formatCount(hits, language))}
        </Notice>
      )}
    </>
  )
}

/** One line on a search: how much was found where. */
export function standingText(state: SearchState, language: Language): string {
  const texts = searchTexts[language]
  const count = (value: number): string => formatCount(value, language)
  const { hits, archivesWithHits, archivesDone, archivesTotal, bytesDone } = state
  const found = texts.files(hits, count(hits))
  switch (state.phase) {
    case 'running':
      // Names are read without the contents.
      if (state.query.in === 'names') return texts.done(found, count(archivesWithHits), count(archivesTotal))
      return texts.running(
        found,
        count(archivesWithHits),
        count(archivesTotal),
        formatSize(bytesDone, language),
      )
    case 'done':
      return texts.done(found, count(archivesWithHits), count(archivesTotal))
    case 'cancelled':
      return texts.cancelled(found, count(archivesDone), count(archivesTotal))
  }
}
