import { Circle, CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import type { Tone } from '../tone.ts'
import styles from './badge.module.css'

/** The symbol of each tone, the same everywhere. */
export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  neutral: Circle,
  accent: Info,
  good: CircleCheck,
  caution: TriangleAlert,
  bad: CircleAlert,
  unknown: CircleDashed,
}

interface BadgeProps {
  readonly label: string
  readonly tone?: Tone
  readonly icon?: LucideIcon | undefined
  /** Full sentence for the tooltip. */
  readonly title?: string | undefined
}

/** A short label in a box: a tag, a count, a kind. For states take `StatusBadge`. */
export function Badge({ label, tone = 'neutral', icon, title }: BadgeProps): ReactElement {
  return (
    <span className={classes(styles['badge'], styles[tone])} title={title ?? label}>
      {icon && <Icon icon={icon} size={12} />}
      <span className={styles['label']}>{label}</span>
    </span>
  )
}

interface StatusBadgeProps extends BadgeProps {
  readonly tone: Tone
  /** `plain` leaves the box away, for table cells. */
  readonly look?: 'boxed' | 'plain'
}

/** A state: word, symbol and colour together. */
export function StatusBadge({ label, tone, icon, title, look = 'boxed' }: StatusBadgeProps): ReactElement {
  return (
    <span
      className={classes(
        styles['badge'],
        styles['status'],
        styles[tone],
        look === 'plain' && styles['plain'],
      )}
      title={title ?? label}
    >
      <Icon icon={icon ?? toneIcons[tone]} size={14} />
      <span className={styles['label']}>{label}</span>
    </span>
  )
}
