import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { classes } from './classes.ts'
import styles from './icon.module.css'

export type { LucideIcon } from 'lucide-react'

interface IconProps {
  readonly icon: LucideIcon
  /** Edge length in CSS pixels at 100 % zoom. */
  readonly size?: 12 | 14 | 16 | 20 | 24 | 32
  readonly className?: string | undefined
}

/** A symbol beside words. It has no name of its own: the control or the words next to it carry the meaning. */
export function Icon({ icon: Drawing, size = 16, className }: IconProps): ReactElement {
  return (
    <Drawing
      aria-hidden
      className={classes(styles['icon'], className)}
      style={{ inlineSize: `${String(size / 16)}rem`, blockSize: `${String(size / 16)}rem` }}
      strokeWidth={size >= 24 ? 1.5 : 1.75}
    />
  )
}
