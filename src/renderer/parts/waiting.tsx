import type { ReactElement, ReactNode } from 'react'
import { FailurePanel } from './failure-panel.tsx'
import type { Loaded } from '../stores/loaded.ts'
import { Spinner } from '../ui/feedback/spinner.tsx'
import layout from '../ui/layout/layout.module.css'

interface WaitingProps<T> {
  readonly loaded: Loaded<T>
  /** What is waited for. */
  readonly label: string
  readonly children: (value: T) => ReactNode
}

/** What was asked for once it is there; until then that it is on its way, or why it never came. */
export function Waiting<T>({ loaded, label, children }: WaitingProps<T>): ReactElement {
  switch (loaded.phase) {
    case 'loading':
      return (
        <div className={layout['middle']}>
          <Spinner label={label} size={24} />
        </div>
      )
    case 'failed':
      return (
        <div className={layout['page']}>
          <FailurePanel failure={loaded.failure} />
        </div>
      )
    case 'ready':
      return <>{children(loaded.value)}</>
  }
}
