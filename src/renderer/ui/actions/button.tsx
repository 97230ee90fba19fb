import type { ReactElement, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import { Spinner } from '../feedback/spinner.tsx'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import styles from './button.module.css'

/** `primary`: the one next step of a view. `danger`: what cannot be taken back. `quiet`: beside content. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps {
  /** A verb, with its object where the button stands alone: "Restore to PRESS-7". */
  readonly label: string
  readonly onPress?: (() => void) | undefined
  readonly variant?: ButtonVariant
  readonly size?: 'normal' | 'small'
  readonly icon?: LucideIcon | undefined
  /** A symbol after the words, e.g. the arrow of a menu. */
  readonly endIcon?: LucideIcon | undefined
  readonly isDisabled?: boolean
  /** Keeps size and focus, shows that it works, ignores presses. */
  readonly isPending?: boolean
  readonly isAutoFocused?: boolean
  readonly type?: 'button' | 'submit'
  /** Id of the element that explains the button, e.g. why it is disabled. */
  readonly describedBy?: string | undefined
  readonly slot?: string | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A button with words. */
export function Button(props: ButtonProps): ReactElement {
  const { label, variant = 'secondary', size = 'normal', icon, endIcon, isPending = false, ref } = props
  const { onPress, slot, describedBy, isDisabled = false, isAutoFocused = false, type = 'button' } = props
  return (
    <AriaButton
      {...given({ onPress, slot, 'aria-describedby': describedBy })}
      ref={ref}
      className={classes(styles['button'], styles[variant], styles[size])}
      isDisabled={isDisabled}
      isPending={isPending}
      autoFocus={isAutoFocused}
      type={type}
    >
      {isPending ? <Spinner size={14} /> : icon && <Icon icon={icon} />}
      <span className={styles['label']}>{label}</span>
      {endIcon && <Icon icon={endIcon} size={14} />}
    </AriaButton>
  )
}
