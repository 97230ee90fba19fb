import type { ReactElement, ReactNode } from 'react'
import { VisuallyHidden as AriaVisuallyHidden } from 'react-aria-components'

/** Words for screen readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactElement {
  return <AriaVisuallyHidden>{children}</AriaVisuallyHidden>
}
