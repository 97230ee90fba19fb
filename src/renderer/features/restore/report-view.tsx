import type { ReactElement } from 'react'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface ReportViewProps {
  /** The plan whose restore is reported (`restore.reports`). */
  readonly planId: string
}

/** What came of a restore. */
export function ReportView({ planId }: ReportViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.report} subtitle={planId} />
}
