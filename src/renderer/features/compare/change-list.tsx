import { SearchX } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Comparison, EntryChange } from '../../../shared/model/comparison.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { compareTexts, useCompareTexts } from '../../parts/compare-texts.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ChangeBadge } from './change-badge.tsx'
import { ChangeToolbar } from './change-toolbar.tsx'
import layout from '../../ui/layout/layout.module.css'
import prose from '../../ui/prose.module.css'
import { NoiseBadges } from './noise-badges.tsx'
import { noiseParts, useShownChanges } from './shown-changes.ts'

interface ChangeListProps {
  readonly comparison: Comparison
  readonly chosen: string | undefined
  readonly onChoose: (path: string | undefined) => void
}

/** Everything that is different between two archives, a line an entry. */
export function ChangeList({ comparison, chosen, onChoose }: ChangeListProps): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const { changes, totals, unchanged } = comparison
  const listed = useShownChanges(changes)
  const hasNoise = listed.noise > 0
  const columns = useMemo(() => changeColumns(language, hasNoise), [language, hasNoise])
  const isQuiet = listed.filter === '' && listed.noise > 0
  const count = (value: number): string => formatCount(value, language)
  const isCapped = totals.added + totals.removed + totals.changed > changes.length
  return (
    <div className={layout['column']}>
      <ChangeToolbar changes={listed} takesSlash />
      <Table
        label={texts.table}
        rows={listed.shown}
        columns={columns}
        rowId={pathOf}
        rowText={pathOf}
        selectionMode="single"
        selectedKeys={new Set(chosen === undefined ? [] : [chosen])}
        onSelectionChange={([key]) => onChoose(key)}
        defaultSort={{ column: 'path', direction: 'ascending' }}
        empty={
          <EmptyState
            icon={SearchX}
            sentence={isQuiet ? texts.onlyNoise : texts.noneFound}
            action={
              isQuiet ? (
                <Button label={texts.showNoise} onPress={() => listed.setShowsNoise(true)} />
              ) : undefined
            }
          />
        }
      />
      <p className={prose['count']}>
        {texts.totals(count(totals.added), count(totals.removed), count(totals.changed), count(unchanged))}
        {listed.noise > 0 && `. ${texts.noiseParts(noiseParts(changes, language))}`}
        {isCapped && `. ${texts.shownFirst(count(changes.length))}`}
      </p>
    </div>
  )
}

/** The column for noise only where there is some. */
function changeColumns(language: Language, hasNoise: boolean): readonly Column<EntryChange>[] {
  const texts = compareTexts[language]
  const size = (id: 'before' | 'after'): Column<EntryChange> => ({
    id,
    label: texts[id],
    render: ({ [id]: side }) => (side === undefined ? '–' : formatSize(side.sizeBytes, language)),
    sortValue: ({ [id]: side }) => side?.sizeBytes,
    align: 'end',
    width: 96,
  })
  const noiseColumn: Column<EntryChange> = {
    id: 'noise',
    label: texts.noiseColumn,
    render: ({ noise }) => <NoiseBadges noise={noise} />,
    sortValue: ({ noise }) => noise?.[0],
    width: 200,
  }
  return [
    {
      id: 'change',
      label: texts.change,
      render: ({ change }) => <ChangeBadge change={change} />,
      sortValue: ({ change }) => change,
      width: 128,
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
    ...(hasNoise ? [noiseColumn] : []),
    size('before'),
    size('after'),
  ]
}

function pathOf({ path }: EntryChange): string {
  return path
}
