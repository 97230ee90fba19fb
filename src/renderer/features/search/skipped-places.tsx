import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { SearchState } from '../../../shared/model/search.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatTime } from '../../../shared/text/format.ts'
import { failureText } from '../../../shared/text/index.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import styles from './search.module.css'
import { useSearchTexts } from './texts.ts'

/** What could not be looked into, each with the reason: "not found" would be wrong about these. */
export function SkippedPlaces({ state }: { readonly state: SearchState }): ReactElement {
  const texts = useSearchTexts()
  const language = useLanguage()
  const byId = useStore(archivesStore, (archives) => archives.byId)
  const { skipped, skippedCount } = state
  const more = skippedCount - skipped.length
  return (
    <div className={styles['skipped']}>
      <Disclosure label={texts.skipped(skippedCount, formatCount(skippedCount, language))}>
        <ul className={styles['places']}>
          {skipped.map(({ archiveId, inside, failure }, index) => {
            const record = byId.get(archiveId)
            const archive =
              record === undefined
                ? archiveId
                : texts.oneArchive(record.device.name, formatTime(record.takenAt, language).local)
            const place = [archive, ...inside.map((path) => escapeUntrusted(path))].join(' › ')
            // A place may be named more than once, for several files in it.
            return <li key={index}>{`${place}: ${failureText(failure, language).cause}`}</li>
          })}
          {more > 0 && <li>{texts.skippedMore(formatCount(more, language))}</li>}
        </ul>
      </Disclosure>
    </div>
  )
}
