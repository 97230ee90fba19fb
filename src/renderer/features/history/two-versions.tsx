import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { fail, succeed, type Result } from '../../../shared/result.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { DiffView } from '../../ui/viewers/diff-view.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './history.module.css'
import { useHistoryTexts } from './texts.ts'
import type { VersionRange } from './version-ranges.ts'
import { spanOf } from './version-table.tsx'

interface TwoVersionsProps {
  readonly older: VersionRange
  readonly newer: VersionRange
  readonly inside: readonly string[]
  readonly entry: string
}

type Sides = readonly [Preview, Preview]

/** Two versions of a file side by side; sizes where they are no text. */
export function TwoVersions({ older, newer, inside, entry }: TwoVersionsProps): ReactElement {
  const texts = useHistoryTexts()
  const language = useLanguage()
  const sides = useSides(older.archiveId, newer.archiveId, inside, entry)
  if (sides.phase === 'loading') {
    return (
      <div className={layout['middle']}>
        <Spinner label={texts.reading} size={24} />
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
  const [before, after] = sides.value
  const size = (bytes: number): string => formatSize(bytes, language)
  if (before.kind !== 'text' || after.kind !== 'text') {
    return (
      <div className={styles['page']}>
        <Notice tone="accent">{texts.binary(size(before.sizeBytes), size(after.sizeBytes))}</Notice>
      </div>
    )
  }
  const truncated = [before, after].find((side) => side.truncated)
  return (
    <section className={layout['column']} aria-label={escapeUntrusted(entry)}>
      {truncated !== undefined && (
        <Notice tone="caution" look="bar">
          {texts.truncated(size(truncated.text.length))}
        </Notice>
      )}
      <DiffView
        label={escapeUntrusted(entry)}
        before={before.text}
        after={after.text}
        beforeLabel={spanOf(older, texts, language)}
        afterLabel={spanOf(newer, texts, language)}
        language={after.language === 'json' || after.language === 'xml' ? after.language : 'plain'}
      />
    </section>
  )
}

function useSides(
  older: ArchiveId,
  newer: ArchiveId,
  inside: readonly string[],
  entry: string,
): Loaded<Sides> {
  const key = JSON.stringify([older, newer, inside, entry])
  const [answer, setAnswer] = useState<{ readonly key: string; readonly loaded: Loaded<Sides> }>()
  useEffect(() => {
    let isWanted = true
    void readSides(older, newer, inside, entry).then((result) => {
      if (isWanted) setAnswer({ key, loaded: loadedFrom(result) })
    })
    return () => {
      isWanted = false
    }
    // The versions are known by their key; the way to the file is another list at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return answer?.key === key ? answer.loaded : loading
}

async function readSides(
  older: ArchiveId,
  newer: ArchiveId,
  inside: readonly string[],
  entry: string,
): Promise<Result<Sides>> {
  const previewOf = async (archiveId: ArchiveId): Promise<Result<Preview>> =>
    await request('browse.preview', { place: { archiveId, inside }, entry, reveal: false })
  const [before, after] = await Promise.all([previewOf(older), previewOf(newer)])
  if (!before.ok) return fail(before.failure)
  return after.ok ? succeed([before.value, after.value]) : fail(after.failure)
}
