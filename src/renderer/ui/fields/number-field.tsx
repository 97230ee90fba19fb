import { Minus, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, Group, Input, NumberField as AriaNumberField } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import { Icon } from '../icon.tsx'
import { FieldParts } from './field-frame.tsx'
import type { FieldFrameProps } from './field-frame.tsx'
import frame from './field.module.css'
import styles from './number-field.module.css'

interface NumberFieldProps extends FieldFrameProps {
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly step?: number
  readonly isDisabled?: boolean
  /** `plain` writes 10222 rather than 10,222: ports and ids. */
  readonly grouping?: 'grouped' | 'plain'
}

/** A number, typed or stepped with the arrow keys. Emptying the field leaves the last value. */
export function NumberField(props: NumberFieldProps): ReactElement {
  const { label, labelNote, description, error, value, onChange, step = 1, grouping = 'grouped' } = props
  return (
    <AriaNumberField
      className={frame['field'] ?? ''}
      value={value}
      onChange={(next) => {
        if (!Number.isNaN(next)) onChange(next)
      }}
      step={step}
      isDisabled={props.isDisabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      formatOptions={{ useGrouping: grouping === 'grouped' }}
      {...given({ minValue: props.min, maxValue: props.max })}
    >
      <FieldParts label={label} labelNote={labelNote} description={description} error={error}>
        <Group className={classes(frame['box'], styles['box'])}>
          <Input className={classes(frame['input'], styles['input'])} />
          <Button slot="decrement" className={styles['step'] ?? ''}>
            <Icon icon={Minus} size={14} />
          </Button>
          <Button slot="increment" className={styles['step'] ?? ''}>
            <Icon icon={Plus} size={14} />
          </Button>
        </Group>
      </FieldParts>
    </AriaNumberField>
  )
}
