import { useState } from 'react'
import type { ReactElement } from 'react'
import type { EntryChange, EntryComparison as Sides } from '../../../shared/model/comparison.ts'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { useLanguage } from '../../texts.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Tabs } from '../../ui/layout/tabs.tsx'
import type { CodeLanguage } from '../../ui/viewers/code-mirror.ts'
import { DiffView } from '../../ui/viewers/diff-view.tsx'
import layout from '../../ui/layout/layout.module.css'
import { MeaningTable } from './meaning-table.tsx'
import { useAnswer } from './use-answer.ts'
import { Waiting } from './waiting.tsx'

interface EntryComparisonProps {
  readonly before: ArchiveId
  readonly after: ArchiveId
  readonly change: EntryChange
  readonly labels: readonly [string, string]
}

type Shown = Sides & Pick<EntryComparisonProps, 'change' | 'labels'>

/** Both sides of one entry: documents by meaning, text beside text, sizes for what is not text. */
export function EntryComparison({ before, after, change, labels }: EntryComparisonProps): ReactElement {
  const texts = useCompareTexts()
  const { path } = change
  const sides = useAnswer(`${before} ${after} ${path}`, async () =>
    request('compare.entry', {
      before: { archiveId: before, inside: [] },
      after: { archiveId: after, inside: [] },
      entry: path,
    }),
  )
  return (
    <section className={layout['column']} aria-label={escapeUntrusted(path)}>
      <Waiting loaded={sides} label={texts.running}>
        {(value) => <BothSides {...value} change={change} labels={labels} />}
      </Waiting>
    </section>
  )
}

function BothSides(shown: Shown): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const [way, setWay] = useState('meaning')
  const { meaning } = shown
  if (meaning === undefined) return <TextSides {...shown} />
  return (
    <Tabs
      label={texts.ways}
      selected={way}
      onSelect={setWay}
      padding="flush"
      items={[
        {
          id: 'meaning',
          label: texts.meaning,
          note: formatCount(meaning.total, language),
          content: <MeaningTable meaning={meaning} same={texts.sameMeaning} onlyNoise={texts.onlyNoise} />,
        },
        { id: 'text', label: texts.text, content: <TextSides {...shown} /> },
      ]}
    />
  )
}

function TextSides({ before, after, change, labels }: Shown): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const size = (side: EntryChange['before']): string =>
    side === undefined ? '–' : formatSize(side.sizeBytes, language)
  const only =
    before === undefined ? texts.onlyIn(labels[1]) : after === undefined ? texts.onlyIn(labels[0]) : undefined
  if (!isTextOrAbsent(before) || !isTextOrAbsent(after)) {
    return (
      <div className={layout['page']}>
        <Notice tone="accent">
          {only === undefined
            ? texts.binary(size(change.before), size(change.after))
            : `${only} ${texts.binaryOnly(size(change.after ?? change.before))}`}
        </Notice>
      </div>
    )
  }
  const truncated = [before, after].find((side) => side?.truncated === true)
  return (
    <div className={layout['column']}>
      {only !== undefined && (
        <Notice tone="accent" look="bar">
          {only}
        </Notice>
      )}
      {truncated !== undefined && (
        <Notice tone="caution" look="bar">
          {texts.truncated(formatSize(truncated.text.length, language))}
        </Notice>
      )}
      <DiffView
        label={escapeUntrusted(change.path)}
        before={before?.text ?? ''}
        after={after?.text ?? ''}
        beforeLabel={labels[0]}
        afterLabel={labels[1]}
        language={codeLanguage(after ?? before)}
      />
    </div>
  )
}

type TextPreview = Preview & { readonly kind: 'text' }

function isTextOrAbsent(preview: Preview | undefined): preview is TextPreview | undefined {
  return preview === undefined || preview.kind === 'text'
}

/** The languages that the two sides are coloured in. */
function codeLanguage(preview: TextPreview | undefined): CodeLanguage {
  return preview?.language === 'json' || preview?.language === 'xml' ? preview.language : 'plain'
}
