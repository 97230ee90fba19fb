import { SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import type { Lens } from '../../../shared/model/lens.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { lensTextIn } from '../../../shared/text/lens-text.ts'
import { useLanguage, useTexts } from '../../texts.ts'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { matchingRows } from './lens-rows.ts'
import { LensTable, lensTexts, type LensTableProps } from './lens-table.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './lens.module.css'

interface LensViewProps extends Pick<LensTableProps, 'revealed' | 'onReveal' | 'onShowEntry'> {
  /** The tables that belong together. */
  readonly lenses: readonly Lens[]
}

/** The tables of one tab, with one filter over all of them. */
export function LensView({ lenses, ...table }: LensViewProps): ReactElement {
  const texts = useTexts(lensTexts)
  const language = useLanguage()
  const [words, setWords] = useState('')
  const shown = useMemo(
    () =>
      lenses
        .map((lens) => ({ lens, rows: matchingRows(lens, words, language) }))
        .filter(({ rows }) => rows.length > 0),
    [lenses, words, language],
  )
  const isAlone = lenses.length === 1
  return (
    <div className={layout['column']}>
      <div className={styles['filter']}>
        <SearchField label={texts.filter} value={words} onChange={setWords} size="small" />
      </div>
      {shown.length === 0 && <EmptyState icon={SearchX} sentence={texts.noneFound} />}
      <div className={classes(layout['panels'], styles['tables'])} data-alone={isAlone}>
        {shown.map(({ lens, rows }) => (
          <Panel
            key={lens.id}
            title={lensTextIn(language).titles[lens.id]}
            note={texts.rows(formatCount(rows.length, language), rows.length === 1)}
            padding="flush"
          >
            {lens.isCapped && (
              <p className={styles['note']}>{texts.capped(formatCount(lens.rows.length, language))}</p>
            )}
            <LensTable lens={lens} rows={rows} isAlone={isAlone} {...table} />
          </Panel>
        ))}
      </div>
    </div>
  )
}
