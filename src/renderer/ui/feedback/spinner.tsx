import type { ReactElement } from 'react'
import styles from './spinner.module.css'

interface SpinnerProps {
  /** Names what is being waited for. Without it the spinner is decoration beside words. */
  readonly label?: string | undefined
  readonly size?: 14 | 16 | 20 | 24
}

/** Something goes on and nobody knows for how long. Where a total is known, show a ProgressBar. */
export function Spinner({ label, size = 16 }: SpinnerProps): ReactElement {
  const edge = `${String(size / 16)}rem`
  return (
    <svg
      className={styles['spinner']}
      style={{ inlineSize: edge, blockSize: edge }}
      viewBox="0 0 16 16"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <circle className={styles['track']} cx="8" cy="8" r="6.25" />
      <path className={styles['arc']} d="M8 1.75A6.25 6.25 0 0 1 14.25 8" />
    </svg>
  )
}
