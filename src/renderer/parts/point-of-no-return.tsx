import type { ReactElement } from 'react'
import styles from './parts.module.css'

/** The line between the steps that leave a device as it is and those that change it. */
export function PointOfNoReturn({ label }: { readonly label: string }): ReactElement {
  return (
    <div className={styles['turn']}>
      <span>{label}</span>
    </div>
  )
}
