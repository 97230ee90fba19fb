import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import type { EntryChange } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { DiffView } from '../../ui/viewers/diff-view.tsx'
import styles from './browser.module.css'

type Sides = RequestOutput<'compare.entry'>

interface EntryComparisonProps {
  readonly before: ArchiveId
  readonly after: ArchiveId
  readonly change: EntryChange
  readonly labels: readonly [string, string]
}

/** Both sides of one entry: text beside text, sizes for what is not text. */
export function EntryComparison({ before, after, change, labels }: EntryComparisonProps): ReactElement {
  const { browse, compare: texts } = useArchivesTexts()
  const language = useLanguage()
  const { path } = change
  const [sides, setSides] = useState<Loaded<Sides>>(loading)
  useEffect(() => {
    let isWanted = true
    void request('compare.entry', { before, after, entry: path }).then((result) => {
      if (isWanted) setSides(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [before, after, path])
  if (sides.phase === 'loading') {
    return (
      <div className={styles['middle']}>
        <Spinner label={browse.reading} />
      </div>
    )
  }
  if (sides.phase === 'failed') {
    return (
      <div className={styles['page']}>
        <FailurePanel failure={sides.failure} />
      </div>
    )
  }
  const { before: old, after: now } = sides.value
  const size = (side: EntryChange['before']): string =>
    side === undefined ? '–' : formatSize(side.sizeBytes, language)
  const only =
    old === undefined ? texts.onlyIn(labels[1]) : now === undefined ? texts.onlyIn(labels[0]) : undefined
  if (old?.kind === 'hex' || now?.kind === 'hex') {
    return (
      <div className={styles['page']}>
        <Notice tone="accent">
          {only === undefined
            ? texts.binary(size(change.before), size(change.after))
            : `${only} ${texts.binaryOnly(size(change.after ?? change.before))}`}
        </Notice>
      </div>
    )
  }
  return (
    <div className={styles['preview']}>
      {only !== undefined && (
        <Notice tone="accent" look="bar">
          {only}
        </Notice>
      )}
      <DiffView
        label={escapeUntrusted(path)}
        before={old?.text ?? ''}
        after={now?.text ?? ''}
        beforeLabel={labels[0]}
        afterLabel={labels[1]}
        language={(now ?? old)?.language ?? 'plain'}
      />
    </div>
  )
}
