import { Check, Minus } from 'lucide-react'
import type { ReactElement } from 'react'
import { Icon } from '../icon.tsx'
import styles from './grid.module.css'

/** The box of a row's check box. */
export function RowCheckMark({ state }: { readonly state: 'none' | 'some' | 'all' }): ReactElement {
  return (
    <span className={styles['mark']} data-state={state}>
      {state === 'all' && <Icon icon={Check} size={12} />}
      {state === 'some' && <Icon icon={Minus} size={12} />}
    </span>
  )
}
