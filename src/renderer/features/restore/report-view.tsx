import { ArrowLeft, FileQuestion } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { RestoreReport } from '../../../shared/model/restore.ts'
import { request } from '../../api.ts'
import { goBack } from '../../navigation.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { jobsStore } from '../../stores/jobs.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Report } from './report.tsx'
import layout from '../../ui/layout/layout.module.css'
import { useRestoreTexts } from './texts.ts'

interface ReportViewProps {
  /** The plan whose restore is reported (`restore.reports`). */
  readonly planId: string
}

/** What came of a restore, also after the app was closed in between. */
export function ReportView({ planId }: ReportViewProps): ReactElement {
  const { back, report: texts } = useRestoreTexts()
  const reports = useReports()
  const fresh = useStore(jobsStore, ({ jobs }) => reportIn([...jobs.values()], planId))
  const report =
    fresh ??
    (reports.phase === 'ready' ? reports.value.find((candidate) => candidate.planId === planId) : undefined)
  return (
    <section className={layout['column']}>
      <PageHeader
        title={texts.title(report?.deviceName ?? '')}
        leading={<IconButton label={back} icon={ArrowLeft} onPress={goBack} />}
      />
      {report !== undefined && <Report report={report} />}
      {report === undefined && reports.phase === 'failed' && <FailurePanel failure={reports.failure} />}
      {report === undefined && reports.phase === 'ready' && (
        <EmptyState icon={FileQuestion} sentence={texts.missing} />
      )}
    </section>
  )
}

function useReports(): Loaded<readonly RestoreReport[]> {
  const [reports, setReports] = useState<Loaded<readonly RestoreReport[]>>(loading)
  useEffect(() => {
    void request('restore.reports').then((result) => setReports(loadedFrom(result)))
  }, [])
  return reports
}

function reportIn(
  jobs: readonly { readonly state: { readonly phase: string; readonly result?: unknown } }[],
  planId: string,
): RestoreReport | undefined {
  for (const { state } of jobs) {
    const result = state.result as { readonly report?: RestoreReport } | undefined
    if (result?.report?.planId === planId) return result.report
  }
  return undefined
}
