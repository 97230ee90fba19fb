import type { ReactElement } from 'react'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

/** activity */
export function ActivityView(): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.activity} />
}
