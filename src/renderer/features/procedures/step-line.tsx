import { Check, CircleHelp, OctagonX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { standingOf, type Procedure, type ProcedureStep } from '../../../shared/model/procedure.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { evidenceText, procedureStepText, procedureWordsIn } from '../../../shared/text/procedure-text.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { classes } from '../../ui/classes.ts'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CurrentStep } from './current-step.tsx'
import styles from './procedures.module.css'
import { kindIcons } from './standing.tsx'
import { useProceduresTexts } from './texts.ts'

interface StepLineProps {
  readonly procedure: Procedure
  readonly step: ProcedureStep
  /** From 1. */
  readonly number: number
}

/** One step: who does it, how far it is, what shows it done. The one that is due is opened. */
export function StepLine({ procedure, step, number }: StepLineProps): ReactElement {
  const language = useLanguage()
  const words = procedureWordsIn(language)
  const { draft, state } = step
  const { title } = procedureStepText(draft, procedure.family, language)
  const isDue = standingOf(procedure).step?.draft.id === draft.id
  const line = useRef<HTMLLIElement>(null)
  // What is opened in it is another, and taller, once Ferrite has come to rest.
  const isAtWork = useStore(jobsStore, ({ newestOf }) => {
    const job = newestOf.get(procedure.plan.deviceId)
    return job !== undefined && isUnfinished(job)
  })
  useEffect(() => {
    if (isDue) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isDue, isAtWork])
  return (
    <li
      ref={line}
      className={classes(styles['line'], styles[state.phase], isDue && styles['due'])}
      aria-current={isDue ? 'step' : undefined}
    >
      <span className={styles['mark']} aria-hidden>
        <Mark phase={state.phase} number={number} />
      </span>
      <div className={styles['body']}>
        <h4 className={styles['title']}>{title}</h4>
        <p className={styles['kind']}>
          <Icon icon={kindIcons[draft.kind]} size={14} />
          <span>
            {words.kind[draft.kind]} ·{' '}
            {isDue && state.phase === 'ahead' ? words.due : words.phase[state.phase]}
          </span>
        </p>
        <Done procedure={procedure} step={step} />
        {isDue && <CurrentStep key={draft.id} procedure={procedure} step={step} />}
      </div>
    </li>
  )
}

function Mark({ phase, number }: { readonly phase: string; readonly number: number }): ReactElement {
  switch (phase) {
    case 'done':
      return <Icon icon={Check} size={14} />
    case 'failed':
      return <Icon icon={OctagonX} size={14} />
    case 'unclear':
      return <Icon icon={CircleHelp} size={14} />
    case 'running':
      return <Spinner size={14} />
    default:
      return <>{number}</>
  }
}

/** Who did it and when, what shows it, what was written down. */
function Done({ procedure, step }: Omit<StepLineProps, 'number'>): ReactElement {
  const texts = useProceduresTexts()
  const language = useLanguage()
  const { state } = step
  if (state.phase !== 'done') return <></>
  const { local, utc } = formatTime(state.at, language)
  return (
    <div className={styles['evidence']}>
      <p title={utc}>{texts.by(procedureWordsIn(language).by(state.by), local)}</p>
      {state.evidence.map((evidence, index) => (
        <p key={`${evidence.kind} ${String(index)}`}>
          {escapeUntrusted(evidenceText(evidence, procedure.family, language))}
        </p>
      ))}
      {state.note !== undefined && <p>{texts.note(escapeUntrusted(state.note))}</p>}
    </div>
  )
}
