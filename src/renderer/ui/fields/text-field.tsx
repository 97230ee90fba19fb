import type { ReactElement, ReactNode, Ref } from 'react'
import { Group, Input, TextArea, TextField as AriaTextField } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import { FieldParts } from './field-frame.tsx'
import type { FieldFrameProps } from './field-frame.tsx'
import styles from './field.module.css'

export interface TextFieldProps extends FieldFrameProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: (() => void) | undefined
  readonly placeholder?: string | undefined
  /** For addresses, paths, serial numbers and names that must be typed exactly. */
  readonly isMono?: boolean
  readonly isDisabled?: boolean
  readonly isReadOnly?: boolean
  readonly isRequired?: boolean
  readonly isAutoFocused?: boolean
  /** More than one line: a text area of that many rows. */
  readonly rows?: number | undefined
  readonly maxLength?: number | undefined
  /** Something at the end of the input, e.g. an IconButton. */
  readonly trailing?: ReactNode
  readonly type?: 'text' | 'password' | 'email' | 'url'
  readonly inputRef?: Ref<HTMLInputElement> | undefined
}

/** Text in one line or several. Spelling checks and completion are off: what is typed here are names and numbers. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, labelNote, description, error, value, onChange, rows, isMono = false, inputRef } = props
  const inputClass = classes(styles['input'], isMono && styles['mono'], rows !== undefined && styles['area'])
  return (
    <AriaTextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      isDisabled={props.isDisabled ?? false}
      isReadOnly={props.isReadOnly ?? false}
      isRequired={props.isRequired ?? false}
      isInvalid={error !== undefined}
      autoFocus={props.isAutoFocused ?? false}
      validationBehavior="aria"
      type={props.type ?? 'text'}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      {...given({ onBlur: props.onBlur, maxLength: props.maxLength })}
    >
      <FieldParts label={label} labelNote={labelNote} description={description} error={error}>
        <Group
          className={styles['box'] ?? ''}
          isInvalid={error !== undefined}
          isDisabled={props.isDisabled ?? false}
          isReadOnly={props.isReadOnly ?? false}
        >
          {rows === undefined ? (
            <Input className={inputClass} placeholder={props.placeholder ?? ''} ref={inputRef} />
          ) : (
            <TextArea className={inputClass} placeholder={props.placeholder ?? ''} rows={rows} />
          )}
          {props.trailing}
        </Group>
      </FieldParts>
    </AriaTextField>
  )
}
