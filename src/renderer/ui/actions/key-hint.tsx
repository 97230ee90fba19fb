import type { ReactElement } from 'react'
import styles from './key-hint.module.css'

interface KeyHintProps {
  /** Keys joined with `+`: `Ctrl+K`, `F2`. */
  readonly keys: string
}

/** A keyboard shortcut as it is written on the keys. */
export function KeyHint({ keys }: KeyHintProps): ReactElement {
  return (
    <kbd className={styles['keys']}>
      {keys.split('+').map((key) => (
        <span key={key} className={styles['key']}>
          {key}
        </span>
      ))}
    </kbd>
  )
}
