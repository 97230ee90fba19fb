import { Cpu, HandHelping, UserRound } from 'lucide-react'
import type { ReactElement } from 'react'
import type { RestorePlan, StepDraft } from '../../../shared/model/restore.ts'
import { windowProcedures as german } from '../../../shared/text/de/window-procedures.ts'
import {
  windowProcedures as english,
  type WindowProceduresText,
} from '../../../shared/text/en/window-procedures.ts'
import { procedureStepText, procedureWordsIn } from '../../../shared/text/procedure-text.ts'
import { useLanguage, useTexts } from '../../texts.ts'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { PlanList } from './plan-list.tsx'
import prose from '../../ui/prose.module.css'
import styles from './restore.module.css'

const texts = { en: english, de: german }
const icons: Readonly<Record<StepDraft['kind'], LucideIcon>> = {
  automatic: Cpu,
  assisted: HandHelping,
  confirmed: UserRound,
}

/** The words about guided restores in the person's language. */
export function useGuidedTexts(): WindowProceduresText['wizard'] {
  return useTexts(texts).wizard
}

/** True where a person, and not a safety backup, sees to the way back. */
export function isWayBackByPerson({ steps }: Pick<RestorePlan, 'steps'>): boolean {
  return steps.some(({ step }) => step === 'way-back-by-person')
}

/** What a guided restore asks of the person, before it begins: who does which step, and what to have ready. */
export function GuidedPlan({ plan }: { readonly plan: RestorePlan }): ReactElement {
  const guided = useGuidedTexts()
  const { procedure = [], deviceName } = plan
  const yours = procedure.filter(({ kind }) => kind !== 'automatic').length
  return (
    <Panel title={guided.title} level={3}>
      <div className={styles['stack']}>
        <p>{guided.sentence(deviceName, procedure.length, yours)}</p>
        <div>
          <p>{guided.ready}:</p>
          <ul className={prose['points']}>
            <li>{guided.readyLogin}</li>
            {isWayBackByPerson(plan) && <li>{guided.readyWayBack}</li>}
            <li>{guided.readyPlace}</li>
          </ul>
        </div>
        <GuidedSteps plan={plan} />
      </div>
    </Panel>
  )
}

/** The steps with who does them. */
function GuidedSteps({ plan }: { readonly plan: RestorePlan }): ReactElement {
  const language = useLanguage()
  const guided = useGuidedTexts()
  const words = procedureWordsIn(language)
  const { procedure = [], target } = plan
  const steps = procedure.map((draft) => ({
    key: draft.id,
    says: (
      <>
        {procedureStepText(draft, target.family, language).title}
        <span className={styles['who']}>
          <Icon icon={icons[draft.kind]} size={14} />
          {words.kind[draft.kind]}
        </span>
      </>
    ),
    changes: draft.changes,
  }))
  return <PlanList label={guided.title} steps={steps} noReturn={words.changes} />
}
