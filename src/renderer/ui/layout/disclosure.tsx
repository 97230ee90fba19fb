import { ChevronRight } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import styles from './disclosure.module.css'

interface DisclosureProps {
  /** What is folded away: "More settings". */
  readonly label: string
  /** Quiet words beside the label, e.g. a count. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** Something most people do not need, folded away until it is asked for. */
export function Disclosure({ label, note, children }: DisclosureProps): ReactElement {
  return (
    <details className={styles['disclosure']}>
      <summary className={styles['summary']}>
        <Icon icon={ChevronRight} size={14} className={styles['arrow']} />
        <span>{label}</span>
        {note !== undefined && <span className={styles['note']}>{note}</span>}
      </summary>
      <div className={styles['content']}>{children}</div>
    </details>
  )
}
