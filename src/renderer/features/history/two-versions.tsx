import type { ReactElement } from 'react'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { fail, succeed, type Result } from '../../../shared/result.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { SideBySide } from '../../parts/side-by-side.tsx'
import { useAnswer } from '../../parts/use-answer.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { useLanguage } from '../../texts.ts'
import layout from '../../ui/layout/layout.module.css'
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
  const sides = useAnswer(JSON.stringify([older.archiveId, newer.archiveId, inside, entry]), async () =>
    readSides(older.archiveId, newer.archiveId, inside, entry),
  )
  const size = ({ sizeBytes }: Preview): string => formatSize(sizeBytes, language)
  return (
    <section className={layout['column']} aria-label={escapeUntrusted(entry)}>
      <Waiting loaded={sides} label={texts.reading}>
        {([before, after]) => (
          <SideBySide
            path={entry}
            before={before}
            after={after}
            labels={[spanOf(older, texts, language), spanOf(newer, texts, language)]}
            notText={texts.binary(size(before), size(after))}
            truncated={texts.truncated}
          />
        )}
      </Waiting>
    </section>
  )
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
