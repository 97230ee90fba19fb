import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { goBack } from '../../navigation.ts'
import { useProofTexts } from '../../parts/proof.ts'
import { archivesStore } from '../../stores/archives.ts'
import { devicesStore } from '../../stores/devices.ts'
import { jobsStore } from '../../stores/jobs.ts'
import { dismissGoodNews } from '../../stores/messages.ts'
import { useLanguage } from '../../texts.ts'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Stepper, type Step } from '../../ui/layout/stepper.tsx'
import { ArchiveStep } from './archive-step.tsx'
import { CheckStep } from './check-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { OptionsStep } from './options-step.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './restore.module.css'
import { RunStep } from './run-step.tsx'
import { TargetStep } from './target-step.tsx'
import { useRestoreTexts } from './texts.ts'
import { wizardSteps, type Wizard, type WizardStep } from './wizard.ts'
import { goToStep, openWizard, wizardStore } from './wizard-store.ts'

interface RestoreViewProps {
  /** What the wizard is filled in with; nothing is ever chosen for the person. */
  readonly archiveId: ArchiveId | undefined
  readonly deviceId: DeviceId | undefined
  /** A restore that is to prove the archive, to a device that nobody needs now. */
  readonly isDrill: boolean
}

/** The restore of an archive to a device, step by step. Nothing runs before the last of them is confirmed. */
export function RestoreView({ archiveId, deviceId, isDrill }: RestoreViewProps): ReactElement {
  const texts = useRestoreTexts()
  useEffect(() => {
    openWizard(archiveId, deviceId, isDrill)
  }, [archiveId, deviceId, isDrill])
  // They would lie over the buttons that lead on.
  useEffect(dismissGoodNews, [])
  const wizard = useStore(wizardStore)
  const target = useStore(devicesStore, ({ byId }) => byId.get(wizard.deviceId ?? ('' as DeviceId)))
  const name = target?.device.name
  const { drillTitle } = useProofTexts()
  return (
    <section className={layout['column']}>
      <PageHeader
        title={
          isDrill ? titleOfDrill(drillTitle, name) : name === undefined ? texts.title : texts.titleTo(name)
        }
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
      />
      <div className={styles['body']}>
        <nav className={styles['steps']}>
          <Stepper
            label={texts.title}
            steps={useSteps(wizard, name)}
            pointOfNoReturn={{ before: 'run', label: texts.noReturn }}
            {...(wizard.jobId === undefined && { onSelect: (id: string) => goToStep(id as WizardStep) })}
          />
        </nav>
        <div className={styles['step']}>
          <StepOf step={wizard.step} />
        </div>
      </div>
    </section>
  )
}

function titleOfDrill(title: string, device: string | undefined): string {
  return device === undefined ? title : `${title}: ${device}`
}

function StepOf({ step }: { readonly step: WizardStep }): ReactElement {
  switch (step) {
    case 'archive':
      return <ArchiveStep />
    case 'target':
      return <TargetStep />
    case 'check':
      return <CheckStep />
    case 'options':
      return <OptionsStep />
    case 'confirm':
      return <ConfirmStep />
    case 'run':
    case 'report':
      return <RunStep />
  }
}

function useSteps({ step, archiveId, plan, jobId }: Wizard, target: string | undefined): readonly Step[] {
  const texts = useRestoreTexts()
  const language = useLanguage()
  const record = useStore(archivesStore, ({ byId }) => byId.get(archiveId ?? ('' as ArchiveId)))
  const phase = useStore(jobsStore, ({ jobs }) =>
    jobId === undefined ? undefined : jobs.get(jobId)?.state.phase,
  )
  const at = wizardSteps.indexOf(phase === 'done' ? 'report' : step)
  const isFailed = phase === 'failed' || phase === 'cancelled'
  const notes: Partial<Record<WizardStep, string | undefined>> = {
    archive: record && `${record.device.name}, ${formatTime(record.takenAt, language).local}`,
    target,
    check: plan?.phase === 'ready' ? wordsIn(language).verdict[plan.value.fit.verdict] : undefined,
  }
  return wizardSteps.map((id, index) => ({
    id,
    label: texts.steps[id],
    note: notes[id],
    state: index < at ? 'done' : index > at ? 'ahead' : isFailed ? 'failed' : 'current',
  }))
}
