import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Procedure, ProcedureStep } from '../../../shared/model/procedure.ts'
import { failureDetails, FailurePanel } from '../../parts/failure-panel.tsx'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { confirmStep } from './procedure-actions.ts'
import styles from './procedures.module.css'
import { useProceduresTexts } from './texts.ts'
import { useWork } from './use-work.ts'

const shortestNote = 3

interface UnclearStepProps {
  readonly procedure: Procedure
  readonly step: ProcedureStep
}

/** Nobody knows what came of the changing call: what is known, what to look at, what to write down. Never "again". */
export function UnclearStep({ procedure, step }: UnclearStepProps): ReactElement {
  const { unclear: texts } = useProceduresTexts()
  const [found, setFound] = useState('')
  const { failure, isBusy, attempt } = useWork(procedure)
  const { draft, state } = step
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        attempt(async () => await confirmStep(procedure, draft, found))
      }}
    >
      <Notice tone="unknown">{texts.title}</Notice>
      <dl className={styles['questions']}>
        <dt>{texts.known}</dt>
        <dd>
          {texts.knownText}
          {state.phase === 'unclear' && (
            <Disclosure label={state.failure.code}>
              <pre className={styles['facts']}>{failureDetails(state.failure)}</pre>
            </Disclosure>
          )}
        </dd>
        <dt>{texts.look}</dt>
        <dd>{texts.lookText(procedure.plan.deviceName)}</dd>
        <dt>{texts.write}</dt>
        <dd>
          <TextField
            label={texts.found}
            description={texts.foundHint}
            value={found}
            onChange={setFound}
            maxLength={2000}
            rows={3}
          />
        </dd>
      </dl>
      {failure && <FailurePanel failure={failure} />}
      <p className={styles['hint']}>{texts.notDone}</p>
      <div className={styles['buttons']}>
        <Button
          type="submit"
          label={texts.wasDone}
          isDisabled={found.trim().length < shortestNote}
          isPending={isBusy}
        />
      </div>
    </form>
  )
}
