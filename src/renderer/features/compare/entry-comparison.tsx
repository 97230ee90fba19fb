import { useState } from 'react'
import type { ReactElement } from 'react'
import type { EntryChange, EntryComparison as Sides } from '../../../shared/model/comparison.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { SideBySide } from '../../parts/side-by-side.tsx'
import { useAnswer } from '../../parts/use-answer.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { useLanguage } from '../../texts.ts'
import { Tabs } from '../../ui/layout/tabs.tsx'
import layout from '../../ui/layout/layout.module.css'
import { MeaningTable } from './meaning-table.tsx'

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
  return (
    <SideBySide
      path={change.path}
      before={before}
      after={after}
      labels={labels}
      note={only}
      notText={
        only === undefined
          ? texts.binary(size(change.before), size(change.after))
          : `${only} ${texts.binaryOnly(size(change.after ?? change.before))}`
      }
      truncated={texts.truncated}
    />
  )
}
