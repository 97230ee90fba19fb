import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { jobsStore } from '../../stores/jobs.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Report } from './report.tsx'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { startOver, wizardStore } from './wizard-store.ts'

/** The running restore, and in its place what came of it. */
export function RunStep(): ReactElement {
  const texts = useRestoreTexts()
  const { jobId, deviceId } = useStore(wizardStore)
  const job = useStore(jobsStore, ({ jobs }) => (jobId === undefined ? undefined : jobs.get(jobId)))
  if (job === undefined) return <StepFrame intro={<></>} actions={<></>} children={<></>} />
  const { state } = job
  if (state.phase === 'done') {
    return state.result.kind === 'report' ? <Report report={state.result.report} /> : <></>
  }
  const again = <Button label={texts.run.startAgain} onPress={startOver} />
  if (state.phase === 'failed') {
    return (
      <StepFrame intro={<></>} actions={again}>
        <FailurePanel
          failure={state.failure}
          actions={<FailureActions failure={state.failure} deviceId={deviceId} retry={startOver} />}
        />
      </StepFrame>
    )
  }
  if (state.phase === 'cancelled') {
    return (
      <StepFrame intro={<></>} actions={again}>
        <Notice tone="accent">{texts.run.cancelled}</Notice>
      </StepFrame>
    )
  }
  return (
    <StepFrame intro={<p>{texts.run.closing}</p>} actions={<></>}>
      <JobProgress job={job} />
    </StepFrame>
  )
}
