import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { amend } from '../../navigation.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { deviceOf } from '../../stores/devices.ts'
import { jobsStore } from '../../stores/jobs.ts'
import { proceduresStore } from '../../stores/procedures.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { PlanSteps } from './plan-steps.tsx'
import { Report } from './report.tsx'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { startOver, wizardStore } from './wizard-store.ts'

/** The running restore, and in its place what came of it. */
export function RunStep(): ReactElement {
  const texts = useRestoreTexts()
  const { jobId, deviceId, plan } = useStore(wizardStore)
  const job = useStore(jobsStore, ({ jobs }) => (jobId === undefined ? undefined : jobs.get(jobId)))
  const name = deviceOf(deviceId)?.device.name ?? ''
  useProcedureInstead(plan?.phase === 'ready' ? plan.value.id : undefined)
  if (job === undefined) {
    return (
      <StepFrame intro={<p>{texts.run.closing(name)}</p>} actions={<></>}>
        <Spinner label={texts.run.starting} size={24} />
      </StepFrame>
    )
  }
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
    <StepFrame intro={<p>{texts.run.closing(name)}</p>} actions={<></>}>
      <JobProgress job={job} />
      {plan?.phase === 'ready' && (
        <Panel title={texts.run.steps} level={3}>
          <PlanSteps label={texts.run.steps} plan={plan.value} />
        </Panel>
      )}
    </StepFrame>
  )
}

/** Once a guided restore has begun, it goes on in its own view; "back" leads past the wizard that began it. */
function useProcedureInstead(planId: string | undefined): void {
  const id = useStore(
    proceduresStore,
    ({ byId }) => [...byId.values()].find(({ plan }) => plan.id === planId)?.id,
  )
  useEffect(() => {
    if (id !== undefined) amend({ view: 'procedures', procedureId: id })
  }, [id])
}
