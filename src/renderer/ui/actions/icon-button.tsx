import type { ReactElement, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { classes, given } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import { Tooltip } from '../layout/tooltip.tsx'
import styles from './icon-button.module.css'

export interface IconButtonProps {
  /** The button's name; shown as tooltip. */
  readonly label: string
  readonly icon: LucideIcon
  readonly onPress?: (() => void) | undefined
  /** Shortcut shown in the tooltip, e.g. `Ctrl+K`. */
  readonly keys?: string | undefined
  readonly size?: 'normal' | 'small'
  readonly isDisabled?: boolean
  /** For a button that switches something on and off. */
  readonly isPressed?: boolean | undefined
  /** False takes it out of the tab order, where its action has a keyboard twin nearby. */
  readonly isTabStop?: boolean
  readonly slot?: string | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A button that is only a symbol; its words are in the tooltip and for screen readers. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { label, icon, keys, size = 'normal', isDisabled = false, isPressed, isTabStop = true } = props
  const { onPress, slot, ref } = props
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...given({ onPress, slot, 'aria-pressed': isPressed })}
        ref={ref}
        aria-label={label}
        className={classes(styles['button'], styles[size], isPressed === true && styles['on'])}
        isDisabled={isDisabled}
        excludeFromTabOrder={!isTabStop}
      >
        <Icon icon={icon} size={size === 'small' ? 14 : 16} />
      </AriaButton>
    </Tooltip>
  )
}
