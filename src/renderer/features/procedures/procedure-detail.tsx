import { FolderSearch, MonitorSmartphone, RotateCcw } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import { standingOf, type Procedure } from '../../../shared/model/procedure.ts'
import { procedureWordsIn } from '../../../shared/text/procedure-text.ts'
import { go } from '../../navigation.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { PointOfNoReturn } from '../../parts/point-of-no-return.tsx'
import { ReportOutcome, ReportPanels } from '../../parts/restore-report.tsx'
import { useReportTexts } from '../../parts/report-texts.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { classes } from '../../ui/classes.ts'
import { CopyableText } from '../../ui/data/copyable-text.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { Abandon } from './abandon.tsx'
import { goOn } from './procedure-actions.ts'
import layout from '../../ui/layout/layout.module.css'
import styles from './procedures.module.css'
import { StepLine } from './step-line.tsx'
import { useProceduresTexts } from './texts.ts'

/** One guided restore: what came of it, or its steps with the one that is due opened. */
export function ProcedureDetail({ procedure }: { readonly procedure: Procedure }): ReactElement {
  const texts = useProceduresTexts()
  const { plan, steps, report } = procedure
  const done = steps.filter(({ state }) => state.phase === 'done').length
  return (
    <section className={layout['column']} aria-label={texts.to(plan.deviceName)}>
      <PageHeader
        level={2}
        title={texts.to(plan.deviceName)}
        subtitle={
          <span className={styles['subtitle']}>
            <span>{texts.progress(done, steps.length)}</span>
            <CopyableText text={plan.archiveId} name={texts.archive} isMono />
          </span>
        }
        actions={<Ways procedure={procedure} />}
      />
      {/* The report comes into sight at its top, wherever the steps were scrolled to. */}
      <div key={report ? 'ended' : 'open'} className={classes(layout['panels'], styles['panels'])}>
        {report && (
          <>
            <ReportOutcome report={report} />
            <ReportPanels report={report} />
          </>
        )}
        <Panel title={texts.steps} level={3} padding="flush">
          <Steps procedure={procedure} />
        </Panel>
        {!report && <Abandon procedure={procedure} />}
      </div>
    </section>
  )
}

/** The steps as a vertical line, with the point of no return drawn before the first that changes the device. */
function Steps({ procedure }: { readonly procedure: Procedure }): ReactElement {
  const texts = useProceduresTexts()
  const { changes } = procedureWordsIn(useLanguage())
  const { steps } = procedure
  const turn = steps.findIndex(({ draft }) => draft.changes)
  return (
    <ol className={styles['steps']} aria-label={texts.steps}>
      {steps.map((step, index) => (
        <Fragment key={step.draft.id}>
          {index === turn && (
            <li className={styles['turn']}>
              <PointOfNoReturn label={changes} />
            </li>
          )}
          <StepLine procedure={procedure} step={step} number={index + 1} />
        </Fragment>
      ))}
      {standingOf(procedure).kind === 'to-report' && <WriteReport procedure={procedure} />}
    </ol>
  )
}

function WriteReport({ procedure }: { readonly procedure: Procedure }): ReactElement {
  const texts = useProceduresTexts()
  const [failure, setFailure] = useState<Failure>()
  return (
    <li className={styles['toReport']}>
      <p className={styles['text']}>{texts.reportHint}</p>
      {failure && <FailurePanel failure={failure} />}
      <Button
        variant="primary"
        label={texts.report}
        onPress={() =>
          void goOn(procedure).then((result) => {
            if (!result.ok) setFailure(result.failure)
          })
        }
      />
    </li>
  )
}

/** Where one can go from here: into the safety backup at any time, and to the device and back to its former state at the end. */
function Ways({ procedure }: { readonly procedure: Procedure }): ReactElement {
  const texts = useReportTexts()
  const { plan, report, safetyArchiveId: safety } = procedure
  const { deviceId } = plan
  return (
    <>
      {safety !== undefined && (
        <Button
          size="small"
          label={texts.showSafety}
          icon={FolderSearch}
          onPress={() => go({ view: 'browse', archiveId: safety })}
        />
      )}
      {safety !== undefined && report !== undefined && (
        <Button
          size="small"
          label={texts.goBack}
          icon={RotateCcw}
          onPress={() => go({ view: 'restore', archiveId: safety, deviceId })}
        />
      )}
      {report !== undefined && (
        <Button
          size="small"
          label={texts.done}
          icon={MonitorSmartphone}
          onPress={() => go({ view: 'devices', deviceId })}
        />
      )}
    </>
  )
}
