import type { ReactElement } from 'react'
import { SwitchButton, SwitchField, Text } from 'react-aria-components'
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
export function Switch({
  label,
  isSelected,
  onChange,
  isDisabled = false,
  description,
}: SwitchProps): ReactElement {
  return (
    <SwitchField
      className={classes(styles['field'], styles['wide'])}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <SwitchButton className={styles['choice'] ?? ''}>
        <span className={classes(styles['mark'], styles['track'])} />
        <span className={styles['words']}>{label}</span>
      </SwitchButton>
      {description !== undefined && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
    </SwitchField>
  )
}
