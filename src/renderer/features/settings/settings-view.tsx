import type { ReactElement } from 'react'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

/** settings */
export function SettingsView(): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.settings} />
}
