import { Check, Minus } from 'lucide-react'
import type { ReactElement } from 'react'
import { CheckboxButton, CheckboxField, Text } from 'react-aria-components'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import styles from './checkbox.module.css'

interface CheckboxProps {
  readonly label: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  /** Some of what it stands for is selected. */
  readonly isIndeterminate?: boolean
  readonly isDisabled?: boolean
  /** A sentence under the label: consequence or reason. */
  readonly description?: string | undefined
}

/** Yes or no that takes effect with the form; for an immediate effect take Switch. */
export function Checkbox(props: CheckboxProps): ReactElement {
  const { label, isSelected, onChange, isIndeterminate = false, isDisabled = false, description } = props
  return (
    <CheckboxField
      className={styles['field'] ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isIndeterminate={isIndeterminate}
      isDisabled={isDisabled}
    >
      <CheckboxButton className={styles['choice'] ?? ''}>
        <span className={classes(styles['mark'], styles['square'])}>
          {isIndeterminate ? <Icon icon={Minus} size={12} /> : isSelected && <Icon icon={Check} size={12} />}
        </span>
        <span className={styles['words']}>{label}</span>
      </CheckboxButton>
      {description !== undefined && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
    </CheckboxField>
  )
}
