import { Search, X } from 'lucide-react'
import type { ReactElement, Ref } from 'react'
import { Button, Group, Input, SearchField as AriaSearchField } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import { Icon } from '../icon.tsx'
import { KeyHint } from '../actions/key-hint.tsx'
import frame from './field.module.css'
import styles from './search-field.module.css'

interface SearchFieldProps {
  /** Name for screen readers; shown as placeholder where none is given. */
  readonly label: string
  readonly placeholder?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit?: ((value: string) => void) | undefined
  /** Shortcut drawn while the field is empty, e.g. `/`. */
  readonly keys?: string | undefined
  readonly isAutoFocused?: boolean
  readonly size?: 'normal' | 'small'
  readonly inputRef?: Ref<HTMLInputElement> | undefined
}

/** A search: Escape empties it. */
export function SearchField(props: SearchFieldProps): ReactElement {
  const { label, placeholder = label, value, onChange, keys, size = 'normal', inputRef } = props
  return (
    <AriaSearchField
      aria-label={label}
      className={styles['search'] ?? ''}
      value={value}
      onChange={onChange}
      autoFocus={props.isAutoFocused ?? false}
      {...given({ onSubmit: props.onSubmit })}
    >
      <Group className={classes(frame['box'], size === 'small' && frame['small'])}>
        <Icon icon={Search} className={frame['leading']} />
        <Input className={frame['input'] ?? ''} placeholder={placeholder} spellCheck="false" ref={inputRef} />
        {value === '' && keys !== undefined && (
          <span className={styles['keys']}>
            <KeyHint keys={keys} />
          </span>
        )}
        {value !== '' && (
          <Button className={styles['clear'] ?? ''}>
            <Icon icon={X} size={14} />
          </Button>
        )}
      </Group>
    </AriaSearchField>
  )
}
