import type { ReactElement } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import { classes } from '../classes.ts'
import styles from './checkbox.module.css'

interface SwitchProps {
  readonly label: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly description?: string | undefined
}

/** On or off, at once. */
export function Switch({ label, isSelected, onChange, isDisabled = false, description }: SwitchProps): ReactElement {
  return (
    <AriaSwitch
      className={styles['choice'] ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={classes(styles['mark'], styles['track'])} />
      <span className={styles['words']}>
        <span>{label}</span>
        {description !== undefined && <span className={styles['description']}>{description}</span>}
      </span>
    </AriaSwitch>
  )
}
