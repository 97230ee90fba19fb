import type { ReactElement } from 'react'
import { ProgressBar as AriaProgressBar } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import styles from './progress-bar.module.css'

interface ProgressBarProps {
  /** Names what progresses, for screen readers; the words beside the bar are yours. */
  readonly label: string
  /** Share done, 0..1; absent where nobody knows the total. */
  readonly share?: number | undefined
  /** How the value is read out, e.g. "42%, 3 minutes left". */
  readonly valueText?: string | undefined
  readonly tone?: 'accent' | 'good' | 'caution' | 'bad'
  readonly size?: 'normal' | 'thin'
}

/** A bar that fills; without a total it shows that something goes on. */
export function ProgressBar(props: ProgressBarProps): ReactElement {
  const { label, share, valueText, tone = 'accent', size = 'normal' } = props
  const percent = share === undefined ? undefined : Math.min(1, Math.max(0, share)) * 100
  return (
    <AriaProgressBar
      aria-label={label}
      className={classes(styles['bar'], styles[tone], styles[size])}
      isIndeterminate={percent === undefined}
      {...given({ value: percent, valueLabel: valueText })}
    >
      <div
        className={classes(styles['fill'], percent === undefined && styles['running'])}
        style={percent === undefined ? undefined : { inlineSize: `${String(percent)}%` }}
      />
    </AriaProgressBar>
  )
}
