import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Procedure } from '../../../shared/model/procedure.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import { procedureStepText } from '../../../shared/text/procedure-text.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { confirmStep } from './procedure-actions.ts'
import styles from './procedures.module.css'
import { useProceduresTexts } from './texts.ts'
import { useWork } from './use-work.ts'

/** As main asks for it. */
const shortestNote = 3

interface SayDoneProps {
  readonly procedure: Procedure
  readonly draft: StepDraft
}

/** What a person does: what they saw, and the button that says it is done. */
export function SayDone({ procedure, draft }: SayDoneProps): ReactElement {
  const texts = useProceduresTexts()
  const language = useLanguage()
  const [note, setNote] = useState('')
  const { failure, isBusy, attempt } = useWork(procedure)
  const { done = texts.done } = procedureStepText(draft, procedure.family, language)
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        attempt(async () => await confirmStep(procedure, draft, note))
      }}
    >
      {failure && (
        <FailurePanel
          failure={failure}
          actions={<FailureActions failure={failure} deviceId={procedure.plan.deviceId} />}
        />
      )}
      <TextField
        label={draft.needsNote ? texts.noteNeeded : texts.noteOptional}
        {...(draft.needsNote ? { description: texts.noteNeededHint } : { labelNote: texts.optional })}
        value={note}
        onChange={setNote}
        maxLength={2000}
        isRequired={draft.needsNote}
      />
      <div className={styles['buttons']}>
        <Button
          variant="primary"
          type="submit"
          label={done}
          isDisabled={draft.needsNote && note.trim().length < shortestNote}
          isPending={isBusy}
        />
      </div>
    </form>
  )
}
