import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import { FieldParts } from './field-frame.tsx'
import type { FieldFrameProps } from './field-frame.tsx'
import frame from './field.module.css'
import popover from '../layout/popover.module.css'
import styles from './select.module.css'

export interface SelectOption<T extends string> {
  readonly id: T
  readonly label: string
  /** A quieter second line. */
  readonly description?: string | undefined
  readonly isDisabled?: boolean
}

interface SelectProps<T extends string> extends FieldFrameProps {
  readonly options: readonly SelectOption<T>[]
  /** Absent while nothing is chosen. */
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  /** Shown while nothing is chosen. */
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  /** `hidden` keeps the label for screen readers only, for toolbars. */
  readonly labelLook?: 'shown' | 'hidden'
  readonly size?: 'normal' | 'small'
}

/** One of some options, in a list that opens. */
export function Select<T extends string>(props: SelectProps<T>): ReactElement {
  const { label, labelNote, description, error, options, value, onChange, placeholder = '' } = props
  const isHidden = props.labelLook === 'hidden'
  const box = (
    <Button className={classes(frame['box'], styles['button'], props.size === 'small' && frame['small'])}>
      <SelectValue className={styles['value'] ?? ''}>
        {({ selectedText, isPlaceholder }) => (isPlaceholder ? placeholder : selectedText)}
      </SelectValue>
      <Icon icon={ChevronsUpDown} size={14} />
    </Button>
  )
  return (
    <AriaSelect
      className={frame['field'] ?? ''}
      value={value ?? null}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key)
        if (chosen !== undefined) onChange(chosen.id)
      }}
      isDisabled={props.isDisabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      placeholder={placeholder}
      {...(isHidden ? { 'aria-label': label } : {})}
    >
      {isHidden ? (
        box
      ) : (
        <FieldParts label={label} labelNote={labelNote} description={description} error={error}>
          {box}
        </FieldParts>
      )}
      <Popover className={classes(popover['popover'], styles['popover'])} offset={4}>
        <ListBox className={popover['list'] ?? ''} items={options}>
          {(option) => <Option option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

function Option<T extends string>({ option }: { readonly option: SelectOption<T> }): ReactElement {
  return (
    <ListBoxItem
      id={option.id}
      textValue={option.label}
      className={popover['item'] ?? ''}
      isDisabled={option.isDisabled ?? false}
    >
      {({ isSelected }) => (
        <>
          <span className={popover['mark']}>{isSelected && <Icon icon={Check} />}</span>
          <span className={popover['words']}>
            <Text slot="label">{option.label}</Text>
            {option.description !== undefined && (
              <Text slot="description" className={popover['description'] ?? ''}>
                {option.description}
              </Text>
            )}
          </span>
        </>
      )}
    </ListBoxItem>
  )
}
