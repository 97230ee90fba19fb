import { Clipboard, FolderOpen, KeyRound, MapPin, SquareArrowOutUpRight, Type } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Procedure, ProcedureStep } from '../../../shared/model/procedure.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import { procedureStepText } from '../../../shared/text/procedure-text.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { devicesStore } from '../../stores/devices.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import type { LucideIcon } from '../../ui/icon.tsx'
import { take } from './procedure-actions.ts'
import styles from './procedures.module.css'
import { SayDone } from './say-done.tsx'
import { useProceduresTexts } from './texts.ts'
import { UnclearStep } from './unclear-step.tsx'
import { useWork } from './use-work.ts'

interface CurrentStepProps {
  readonly procedure: Procedure
  readonly step: ProcedureStep
}

/** The step that is due, opened: what to know, what to take along, and the one way on. */
export function CurrentStep({ procedure, step }: CurrentStepProps): ReactElement {
  const language = useLanguage()
  const { draft } = step
  const { detail } = procedureStepText(draft, procedure.family, language)
  return (
    <div className={styles['open']}>
      {detail !== '' && <p className={styles['text']}>{detail}</p>}
      {draft.aids.length > 0 && <Aids procedure={procedure} draft={draft} />}
      <WayOn procedure={procedure} step={step} />
    </div>
  )
}

function WayOn({ procedure, step }: CurrentStepProps): ReactElement {
  const job = useStore(jobsStore, ({ newestOf }) => newestOf.get(procedure.plan.deviceId))
  if (job?.kind === 'procedure' && isUnfinished(job)) return <JobProgress job={job} />
  const { draft, state } = step
  if (state.phase === 'running') return <Spinner size={24} />
  if (state.phase === 'unclear') return <UnclearStep procedure={procedure} step={step} />
  if (draft.kind !== 'automatic') return <SayDone procedure={procedure} draft={draft} />
  return <Run procedure={procedure} step={step} />
}

/** The button for what Ferrite does itself: at first, and again after it did not succeed. */
function Run({ procedure, step }: CurrentStepProps): ReactElement {
  const texts = useProceduresTexts()
  const { draft, state } = step
  const { failure: notStarted, isBusy, run } = useWork(procedure)
  const failure = notStarted ?? (state.phase === 'failed' ? state.failure : undefined)
  if (failure !== undefined) {
    return (
      <FailurePanel
        failure={failure}
        actions={<FailureActions failure={failure} deviceId={procedure.plan.deviceId} retry={run} />}
      />
    )
  }
  return (
    <>
      <p className={styles['hint']}>{draft.changes ? texts.runChangesHint : texts.runHint}</p>
      <div className={styles['buttons']}>
        <Button
          label={texts.run}
          variant={draft.changes ? 'danger' : 'primary'}
          isPending={isBusy}
          onPress={run}
        />
      </div>
    </>
  )
}

const aidIcons: Readonly<Record<StepDraft['aids'][number], LucideIcon>> = {
  'open-address': SquareArrowOutUpRight,
  'copy-path': Clipboard,
  'copy-key': KeyRound,
  'copy-text': Type,
  'show-file': FolderOpen,
  'move-device': MapPin,
}

function Aids({
  procedure,
  draft,
}: {
  readonly procedure: Procedure
  readonly draft: StepDraft
}): ReactElement {
  const texts = useProceduresTexts()
  const address = useStore(devicesStore, ({ byId }) => byId.get(procedure.plan.deviceId)?.device.address)
  const hasPage = address?.startsWith('https://') === true
  // Said here and not in a corner, where it would lie over the button that comes next.
  const [said, setSaid] = useState('')
  return (
    <div className={styles['aids']}>
      {draft.aids.map((aid) => {
        const isCopied = aid === 'open-address' && !hasPage
        return (
          <Button
            key={aid}
            size="small"
            label={isCopied ? texts.copyAddress : texts.aids[aid]}
            icon={isCopied ? Clipboard : aidIcons[aid]}
            onPress={() => void take(procedure, draft, aid, texts.given).then(setSaid)}
          />
        )
      })}
      <span className={styles['hint']} role="status">
        {said}
      </span>
    </div>
  )
}
