import { CircleCheck, CircleHelp, OctagonX, TriangleAlert, Wrench } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { FindingResult } from '../../../shared/model/finding.ts'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import styles from './finding-row.module.css'

const icons: Readonly<Record<FindingResult, LucideIcon>> = {
  pass: CircleCheck,
  caution: TriangleAlert,
  blocker: OctagonX,
  unknown: CircleHelp,
}

/** One side's value. */
export interface FindingSide {
  /** Whose value it is: "Archive", "Device". */
  readonly label: string
  /** Absent where nobody knows it; `unknownLabel` is shown instead. */
  readonly value?: string | undefined
  /** Where it comes from and how old it is. */
  readonly note?: string | undefined
}

interface FindingRowProps {
  readonly result: FindingResult
  /** The result's word. */
  readonly resultLabel: string
  /** What was compared, and what came of it; a sentence. */
  readonly title: string
  /** Both values, the archive's first. */
  readonly sides: readonly FindingSide[]
  /** Shown for a value that is not known. */
  readonly unknownLabel: string
  /** What to do about it; a sentence. */
  readonly remedy?: string | undefined
  /** Where the rule comes from. */
  readonly source?: ReactNode
  /** What a person can do about it here and now, between the remedy and the source. */
  readonly children?: ReactNode
}

/** One result of a compatibility rule: result, both values side by side, remedy, source. */
export function FindingRow(props: FindingRowProps): ReactElement {
  const { result, resultLabel, title, sides, unknownLabel, remedy, source, children } = props
  return (
    <article className={classes(styles['finding'], styles[result])}>
      <div className={styles['result']}>
        <Icon icon={icons[result]} />
        <span>{resultLabel}</span>
      </div>
      <div className={styles['words']}>
        <p className={styles['title']}>{title}</p>
        {sides.length > 0 && (
          <dl className={styles['sides']}>
            {sides.map((side) => (
              <div key={side.label} className={styles['side']}>
                <dt>{side.label}</dt>
                <dd className={side.value === undefined ? styles['unknownValue'] : styles['value']}>
                  {side.value ?? unknownLabel}
                  {side.note !== undefined && <span className={styles['note']}>{side.note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {remedy !== undefined && (
          <p className={styles['remedy']}>
            <Icon icon={Wrench} size={14} />
            <span>{remedy}</span>
          </p>
        )}
        {children}
        {source !== undefined && <p className={styles['source']}>{source}</p>}
      </div>
    </article>
  )
}
