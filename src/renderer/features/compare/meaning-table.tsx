import { SearchX } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Meaning, MeaningChange } from '../../../shared/model/comparison.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount } from '../../../shared/text/format.ts'
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
import styles from './compare.module.css'
import { NoiseBadges } from './noise-badges.tsx'
import { noiseParts, useShownChanges } from './shown-changes.ts'

interface MeaningTableProps {
  readonly meaning: Meaning
  /** Said where the two mean the same, and where only noise is different. */
  readonly same: string
  readonly onlyNoise: string
  readonly takesSlash?: boolean
}

type Row = MeaningChange & { readonly id: string }

/** Two documents by what they mean: a line for each value that differs. */
export function MeaningTable({ meaning, same, onlyNoise, takesSlash }: MeaningTableProps): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const rows = useMemo(
    () => meaning.changes.map((change, index): Row => ({ ...change, id: String(index) })),
    [meaning],
  )
  const changes = useShownChanges(rows)
  const hasNoise = changes.noise > 0
  const columns = useMemo(() => meaningColumns(language, hasNoise), [language, hasNoise])
  const isQuiet = changes.filter === '' && changes.noise > 0
  const sentence = rows.length === 0 ? same : isQuiet ? onlyNoise : texts.noneFound
  return (
    <div className={layout['column']}>
      {rows.length > 0 && <ChangeToolbar changes={changes} {...(takesSlash && { takesSlash })} />}
      <Table
        label={texts.meaning}
        rows={changes.shown}
        columns={columns}
        rowId={idOf}
        rowText={pathOf}
        selectionMode="single"
        empty={
          <EmptyState
            icon={SearchX}
            sentence={sentence}
            action={
              isQuiet && !changes.showsNoise ? (
                <Button label={texts.showNoise} onPress={() => changes.setShowsNoise(true)} />
              ) : undefined
            }
          />
        }
      />
      {changes.noise > 0 && <p className={prose['count']}>{texts.noiseParts(noiseParts(rows, language))}</p>}
      {meaning.total > rows.length && (
        <p className={prose['count']}>
          {texts.meaningCapped(formatCount(rows.length, language), formatCount(meaning.total, language))}
        </p>
      )}
    </div>
  )
}

/** The column for noise only where there is some. */
function meaningColumns(language: Language, hasNoise: boolean): readonly Column<Row>[] {
  const texts = compareTexts[language]
  const side = (id: 'before' | 'after'): Column<Row> => ({
    id,
    label: texts[id],
    render: (row) => <Value row={row} side={id} />,
    text: (row) => escapeUntrusted(row[id] ?? ''),
    sortValue: (row) => row[id],
    grow: 2,
    minWidth: 120,
  })
  const noiseColumn: Column<Row> = {
    id: 'noise',
    label: texts.noiseColumn,
    render: ({ noise }) => <NoiseBadges noise={noise} />,
    sortValue: ({ noise }) => noise,
    width: 180,
  }
  return [
    {
      id: 'change',
      label: texts.change,
      render: ({ change }) => <ChangeBadge change={change} />,
      sortValue: ({ change }) => change,
      width: 160,
    },
    {
      id: 'path',
      label: texts.value,
      render: ({ path }) => <bdi>{escapeUntrusted(path)}</bdi>,
      text: ({ path }) => escapeUntrusted(path),
      sortValue: ({ path }) => path,
      isRowHeader: true,
      isMono: true,
      grow: 3,
      minWidth: 200,
    },
    side('before'),
    side('after'),
    ...(hasNoise ? [noiseColumn] : []),
  ]
}

function Value({ row, side }: { readonly row: Row; readonly side: 'before' | 'after' }): ReactElement {
  const { secret } = useCompareTexts()
  if (row.isSecret) return <span className={styles['quiet']}>{side === 'after' ? secret : '•••'}</span>
  const value = row[side]
  return <bdi className={styles['value']}>{value === undefined ? '–' : escapeUntrusted(value)}</bdi>
}

function idOf({ id }: Row): string {
  return id
}

function pathOf({ path }: Row): string {
  return path
}
