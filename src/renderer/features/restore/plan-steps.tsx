import type { ReactElement } from 'react'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { planStepText } from '../../../shared/text/index.ts'
import { useLanguage } from '../../texts.ts'
import { PlanList } from './plan-list.tsx'
import { useRestoreTexts } from './texts.ts'

interface PlanStepsProps {
  readonly label: string
  readonly plan: RestorePlan
}

/** What Ferrite does, in its order. */
export function PlanSteps({ label, plan }: PlanStepsProps): ReactElement {
  const { noReturn } = useRestoreTexts()
  const language = useLanguage()
  const steps = plan.steps.map((step) => {
    const text = planStepText(step, language)
    return { key: text, says: text, changes: step.changes }
  })
  return <PlanList label={label} steps={steps} noReturn={noReturn} />
}
