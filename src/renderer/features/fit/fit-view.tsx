import type { ReactElement } from 'react'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

/** Which archive fits which device. */
export function FitView(): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.fit} />
}
