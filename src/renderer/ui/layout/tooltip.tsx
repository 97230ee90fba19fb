import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { KeyHint } from '../actions/key-hint.tsx'
import styles from './tooltip.module.css'

interface TooltipProps {
  readonly text: string
  readonly keys?: string | undefined
  readonly placement?: 'top' | 'bottom' | 'left' | 'right'
  /** One focusable control. */
  readonly children: ReactElement
}

/** A few words on a control, on hover and on keyboard focus. Never the only place of something needed. */
export function Tooltip({ text, keys, placement = 'bottom', children }: TooltipProps): ReactElement {
  return (
    <TooltipTrigger delay={450} closeDelay={80}>
      {children}
      <AriaTooltip className={styles['tooltip'] ?? ''} placement={placement} offset={6}>
        <span>{text}</span>
        {keys !== undefined && <KeyHint keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
