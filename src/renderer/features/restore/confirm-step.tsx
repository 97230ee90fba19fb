import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { sideEffectText, wordsIn } from '../../../shared/text/index.ts'
import { keptNames } from '../../../shared/text/choice-text.ts'
import { scopeText } from '../../../shared/text/scope-text.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { FactList } from '../../ui/data/fact-list.tsx'
import { GuidedPlan, isWayBackByPerson, useGuidedTexts } from './guided-plan.tsx'
import { RemovalsOf } from './keep-choices.tsx'
import { usePlanFacts } from './plan-facts.ts'
import { PlanSteps } from './plan-steps.tsx'
import prose from '../../ui/prose.module.css'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { confirmAndRun, goToStep, makePlan, typeName, wizardStore } from './wizard-store.ts'

/** The whole plan on one page, the name to type, and the button that says what it does. */
export function ConfirmStep(): ReactElement {
  const texts = useRestoreTexts()
  const guided = useGuidedTexts()
  const { plan, deviceId, typedName } = useStore(wizardStore)
  const [failure, setFailure] = useState<Failure>()
  const [isAsking, setIsAsking] = useState(false)
  const ready = plan?.phase === 'ready' ? plan.value : undefined
  const run = async (): Promise<void> => {
    setFailure(undefined)
    setIsAsking(true)
    const started = await confirmAndRun()
    setIsAsking(false)
    if (!started.ok) setFailure(started.failure)
  }
  const again = (): void => {
    setFailure(undefined)
    void makePlan()
  }
  return (
    <StepFrame
      intro={ready === undefined && <Spinner label={texts.confirm.planning} />}
      note={ready !== undefined && typedName !== ready.deviceName ? texts.confirm.typeNote : undefined}
      actions={
        <>
          <Button label={texts.back} isDisabled={isAsking} onPress={() => goToStep('options')} />
          <Button
            variant="danger"
            label={(ready?.procedure ? guided.start : texts.confirm.run)(ready?.deviceName ?? '')}
            isDisabled={ready === undefined || typedName !== ready.deviceName}
            isPending={isAsking}
            onPress={() => void run()}
          />
        </>
      }
    >
      {failure !== undefined && (
        <FailurePanel
          failure={failure}
          actions={<FailureActions failure={failure} deviceId={deviceId} retry={again} />}
        />
      )}
      {ready !== undefined && (
        <>
          <Review plan={ready} />
          <Panel>
            <TextField
              label={texts.confirm.type(ready.deviceName)}
              description={`${texts.confirm.typeHint} ${texts.confirm.asksOnce}`}
              value={typedName}
              onChange={typeName}
              {...(typedName !== '' &&
                !ready.deviceName.startsWith(typedName) && { error: texts.confirm.mismatch })}
              maxLength={200}
            />
          </Panel>
        </>
      )}
    </StepFrame>
  )
}

function Review({ plan }: { readonly plan: RestorePlan }): ReactElement {
  const { confirm } = useRestoreTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const wayBack = useWayBack(plan)
  return (
    <>
      <Panel title={confirm.summary} level={3}>
        <FactList facts={usePlanFacts(plan)} />
      </Panel>
      <Panel title={confirm.what} level={3}>
        <PlanSteps label={confirm.what} plan={plan} />
      </Panel>
      {plan.procedure && <GuidedPlan plan={plan} />}
      {plan.sideEffects.length > 0 && (
        <Panel title={confirm.effects} level={3}>
          <ul className={prose['points']}>
            {plan.sideEffects.map((effect) => (
              <li key={effect}>{sideEffectText(effect, language)}</li>
            ))}
          </ul>
        </Panel>
      )}
      {plan.removals !== undefined && plan.removals.length > 0 && (
        <Panel title={confirm.removals} level={3}>
          <RemovalsOf plan={plan} />
        </Panel>
      )}
      {plan.options.keep.length > 0 && (
        <Panel title={confirm.identity} level={3}>
          <p>{confirm.keptOf(keptNames(plan.options.keep, language))}</p>
        </Panel>
      )}
      {plan.notRestored.length > 0 && (
        <Panel title={confirm.notRestored} level={3}>
          <ul className={prose['points']}>
            {plan.notRestored.map(({ what, reason }) => (
              <li key={`${what} ${reason}`}>
                {escapeUntrusted(scopeText(what, language))}: {words.leftOut[reason]}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={confirm.wayBack} level={3}>
        <p>{wayBack}</p>
      </Panel>
    </>
  )
}

function useWayBack(plan: RestorePlan): string {
  const { confirm } = useRestoreTexts()
  const guided = useGuidedTexts()
  if (!plan.options.safetyBackup.take) return confirm.wayBackNone
  return isWayBackByPerson(plan) ? guided.wayBack : confirm.wayBackSafety(plan.deviceName)
}
