import type { ReactElement } from 'react'
import { classes } from '../classes.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './copyable-text.module.css'

interface CopyableTextProps {
  readonly text: string
  /** What the text is, for the copy button's name: "SHA-256". */
  readonly name: string
  /** Shown in place of `text`, e.g. grouped for comparing by eye; `text` is what is copied. */
  readonly shown?: string | undefined
  /** `wrap` breaks anywhere, `cut` ends with an ellipsis and has the full text in its title. */
  readonly overflow?: 'wrap' | 'cut'
  readonly isMono?: boolean
  readonly onCopy?: ((text: string) => Promise<void>) | undefined
}

/** A fingerprint, serial number, hash or address: selectable, with a copy button. */
export function CopyableText(props: CopyableTextProps): ReactElement {
  const { text, name, shown = text, overflow = 'wrap', isMono = true, onCopy } = props
  return (
    <span className={styles['copyable']}>
      <span
        className={classes(styles['text'], styles[overflow], isMono && styles['mono'])}
        title={overflow === 'cut' ? shown : undefined}
      >
        {shown}
      </span>
      <CopyButton text={text} name={name} onCopy={onCopy} />
    </span>
  )
}
