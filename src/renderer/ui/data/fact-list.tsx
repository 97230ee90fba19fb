import type { ReactElement, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { CopyableText } from './copyable-text.tsx'
import styles from './fact-list.module.css'

export interface Fact {
  readonly label: string
  /** A plain value, or something shown as it is (a badge, two lines). */
  readonly value: ReactNode
  /** A string value in monospace: serial numbers, fingerprints, hashes. */
  readonly isMono?: boolean
  /** Offers to copy: true copies the value, a string copies that instead. Only for string values. */
  readonly copy?: boolean | string
  /** Where the fact comes from and how old it is, in quiet words after the value. */
  readonly note?: ReactNode
  /** More on the value when it is pointed at, e.g. its time in UTC. */
  readonly title?: string | undefined
}

interface FactListProps {
  readonly facts: readonly Fact[]
  /** `columns`: label left of value. `stacked`: label above value, for narrow places. */
  readonly layout?: 'columns' | 'stacked'
}

/** Labels with their values, lined up. Values can be selected. */
export function FactList({ facts, layout = 'columns' }: FactListProps): ReactElement {
  return (
    <dl className={classes(styles['list'], styles[layout])}>
      {facts.map((fact) => (
        <div key={fact.label} className={styles['fact']}>
          <dt className={styles['label']}>{fact.label}</dt>
          <dd className={styles['value']} title={fact.title}>
            <FactValue fact={fact} />
            {fact.note !== undefined && <span className={styles['note']}>{fact.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FactValue({ fact }: { readonly fact: Fact }): ReactElement {
  const { label, value, isMono = false, copy = false } = fact
  if (typeof value !== 'string') return <>{value}</>
  if (copy !== false) {
    return <CopyableText text={copy === true ? value : copy} shown={value} name={label} isMono={isMono} />
  }
  return <span className={classes(styles['text'], isMono && styles['mono'])}>{value}</span>
}
