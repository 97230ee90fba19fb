import { RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { mayRestore } from '../../../shared/compatibility/check.ts'
import type { Finding } from '../../../shared/model/finding.ts'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { deviceOf } from '../../stores/devices.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { VerdictBadge } from '../../ui/feedback/verdict-badge.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { BridgeSection } from './bridge-section.tsx'
import { Findings } from './findings.tsx'
import styles from './restore.module.css'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { isReason } from './wizard.ts'
import { choose, goToStep, makePlan, wizardStore } from './wizard-store.ts'

/** Every rule against the identity read now. Reads only. */
export function CheckStep(): ReactElement {
  const texts = useRestoreTexts()
  const { plan, deviceId, archiveId } = useStore(wizardStore)
  const isAsked = plan !== undefined
  useEffect(() => {
    if (!isAsked) void makePlan()
  }, [isAsked, deviceId, archiveId])
  const ready = valueOf(plan ?? { phase: 'loading' })
  const mayGoOn = ready !== undefined && mayRestore(ready.fit.verdict)
  return (
    <StepFrame
      intro={<CheckIntro plan={ready} />}
      actions={
        <>
          <Button label={texts.back} onPress={() => goToStep('target')} />
          <Button
            label={texts.check.again}
            icon={RotateCw}
            isPending={plan?.phase === 'loading'}
            onPress={() => void makePlan()}
          />
          <Button
            variant="primary"
            label={texts.next.check}
            isDisabled={!mayGoOn}
            onPress={() => goToStep('options')}
          />
        </>
      }
    >
      {plan?.phase === 'failed' && (
        <FailurePanel
          failure={plan.failure}
          actions={
            <FailureActions failure={plan.failure} deviceId={deviceId} retry={() => void makePlan()} />
          }
        />
      )}
      {ready !== undefined && (
        <>
          <Overrides findings={ready.fit.findings} />
          <Findings
            findings={ready.fit.findings}
            behindBlockers={mayGoOn ? undefined : <BridgeSection plan={ready} />}
          />
        </>
      )}
    </StepFrame>
  )
}

function CheckIntro({ plan }: { readonly plan: RestorePlan | undefined }): ReactElement {
  const { check } = useRestoreTexts()
  const language = useLanguage()
  const state = useStore(wizardStore, (wizard) => wizard.plan)
  const name = deviceOf(useStore(wizardStore, ({ deviceId }) => deviceId))?.device.name ?? ''
  if (plan === undefined) {
    return state?.phase === 'failed' ? (
      <></>
    ) : (
      <p className={styles['running']} role="status">
        <Spinner />
        {check.running(name)}
      </p>
    )
  }
  const { verdict, identityReadAt } = plan.fit
  const time = identityReadAt === undefined ? undefined : formatTime(identityReadAt, language)
  return (
    <>
      <p className={styles['verdict']}>
        <VerdictBadge verdict={verdict} label={wordsIn(language).verdict[verdict]} />
        {time !== undefined && <span title={time.utc}>{check.readAt(time.local)}</span>}
      </p>
      {verdict === 'blocked' && <Notice tone="bad">{check.blocked}</Notice>}
      {verdict === 'unknown' && <Notice tone="unknown">{check.unknownBlocks}</Notice>}
    </>
  )
}

/** Rules that stand against the restore and that a person may go on against, with a reason that is kept. */
function Overrides({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  const { check } = useRestoreTexts()
  const overrides = useStore(wizardStore, (wizard) => wizard.overrides)
  const rules = new Set(
    findings
      .filter(
        ({ overridable, hard, result }) =>
          overridable && (result === 'blocker' || (result === 'unknown' && hard)),
      )
      .map(({ rule }) => rule),
  )
  return (
    <>
      {[...rules].map((rule) => (
        <div key={rule} className={styles['override']}>
          <TextField
            label={check.override(rule)}
            value={overrides[rule] ?? ''}
            onChange={(reason) => wizardStore.setState({ overrides: { ...overrides, [rule]: reason } })}
            maxLength={500}
          />
          <Button
            label={check.again}
            isDisabled={!isReason(overrides[rule] ?? '')}
            onPress={() => {
              choose({})
              void makePlan()
            }}
          />
        </div>
      ))}
    </>
  )
}
