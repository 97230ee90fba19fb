import type { ReactElement, ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { classes, given } from '../classes.ts'
import styles from './split-pane.module.css'

interface SplitPaneProps {
  /** `columns`: side by side. `rows`: one above the other. */
  readonly direction?: 'columns' | 'rows'
  readonly first: ReactNode
  readonly second: ReactNode
  /** Name of the divider, e.g. "Width of the list". */
  readonly label: string
  /** Size of the first part in percent. */
  readonly defaultSize?: number
  /** Smallest sizes of both parts in CSS pixels. */
  readonly minFirst?: number
  readonly minSecond?: number
  /** The size of the first part in percent, when a drag or a key press ends. */
  readonly onResized?: ((size: number) => void) | undefined
}

/** Two parts with a divider that the mouse drags and the arrow keys move; double click resets. */
export function SplitPane(props: SplitPaneProps): ReactElement {
  const {
    direction = 'columns',
    first,
    second,
    label,
    defaultSize = 40,
    minFirst = 200,
    minSecond = 240,
  } = props
  const { onResized } = props
  return (
    <Group
      className={styles['group'] ?? ''}
      orientation={direction === 'columns' ? 'horizontal' : 'vertical'}
      {...given({
        onLayoutChanged:
          onResized &&
          ((layout: Readonly<Record<string, number>>) => {
            const size = layout['first']
            if (size !== undefined) onResized(size)
          }),
      })}
    >
      <Panel
        id="first"
        className={styles['part'] ?? ''}
        defaultSize={`${defaultSize}%`}
        minSize={`${minFirst}px`}
      >
        {first}
      </Panel>
      <Separator className={classes(styles['divider'], styles[direction])} aria-label={label} />
      <Panel id="second" className={styles['part'] ?? ''} minSize={`${minSecond}px`}>
        {second}
      </Panel>
    </Group>
  )
}
