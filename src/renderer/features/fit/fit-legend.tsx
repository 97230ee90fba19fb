import type { ReactElement } from 'react'
import { cellKinds, type CellCounts, type CellKind } from '../../../shared/compatibility/fit-matrix.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { useLanguage } from '../../texts.ts'
import { classes } from '../../ui/classes.ts'
import styles from './fit.module.css'
import { useFitTexts } from './texts.ts'

interface FitLegendProps {
  /** Absent while the cells are judged. */
  readonly counts: CellCounts | undefined
  readonly chosen: CellKind | undefined
  readonly onChoose: (kind: CellKind | undefined) => void
}

/** What the cells say, how many there are of each, and a press to see only where one is. */
export function FitLegend({ counts, chosen, onChoose }: FitLegendProps): ReactElement {
  const texts = useFitTexts()
  const language = useLanguage()
  return (
    <div role="group" aria-label={texts.legendLabel} className={styles['legend']}>
      {cellKinds.map((kind) => {
        const count = counts === undefined ? undefined : formatCount(counts[kind], language)
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={chosen === kind}
            title={texts.showOnly(texts.legend[kind])}
            className={styles['chip']}
            onClick={() => onChoose(chosen === kind ? undefined : kind)}
          >
            <span aria-hidden className={classes(styles['cell'], styles['swatch'], styles[kind])} />
            <span>{texts.legend[kind]}</span>
            <span className={styles['count']}>{count ?? '…'}</span>
          </button>
        )
      })}
      {counts === undefined && (
        <span role="status" className={styles['quiet']}>
          {texts.counting}
        </span>
      )}
    </div>
  )
}
