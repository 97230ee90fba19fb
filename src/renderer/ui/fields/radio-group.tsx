import type { ReactElement } from 'react'
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup, Text } from 'react-aria-components'
import { classes } from '../classes.ts'
import styles from './checkbox.module.css'
import { FieldParts } from './field-frame.tsx'
import type { FieldFrameProps } from './field-frame.tsx'

export interface RadioOption<T extends string> {
  readonly id: T
  readonly label: string
  readonly description?: string | undefined
  readonly isDisabled?: boolean
}

interface RadioGroupProps<T extends string> extends FieldFrameProps {
  readonly options: readonly RadioOption<T>[]
  /** Absent while nothing is chosen: a dangerous choice is never preselected. */
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly direction?: 'column' | 'row'
  readonly isDisabled?: boolean
}

/** One of a few options, all in sight. */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>): ReactElement {
  const { label, labelNote, description, error, options, value, onChange, direction = 'column' } = props
  return (
    <AriaRadioGroup
      className={styles['group'] ?? ''}
      value={value ?? null}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id)
        if (chosen !== undefined) onChange(chosen.id)
      }}
      isDisabled={props.isDisabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      orientation={direction === 'column' ? 'vertical' : 'horizontal'}
    >
      <FieldParts label={label} labelNote={labelNote} description={description} error={error}>
        <div className={direction === 'row' ? styles['row'] : undefined}>
          {options.map((option) => (
            <RadioField
              key={option.id}
              value={option.id}
              className={styles['field'] ?? ''}
              isDisabled={option.isDisabled ?? false}
            >
              <RadioButton className={styles['choice'] ?? ''}>
                <span className={classes(styles['mark'], styles['round'])}>
                  <span className={styles['dot']} />
                </span>
                <span className={styles['words']}>{option.label}</span>
              </RadioButton>
              {option.description !== undefined && (
                <Text slot="description" className={styles['description'] ?? ''}>
                  {option.description}
                </Text>
              )}
            </RadioField>
          ))}
        </div>
      </FieldParts>
    </AriaRadioGroup>
  )
}
