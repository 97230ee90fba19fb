import type { ReactElement } from 'react'

/** What is running, what failed and what is done. */
export function JobTray(): ReactElement {
  return <></>
}
