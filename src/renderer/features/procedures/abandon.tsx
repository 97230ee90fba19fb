import { useState } from 'react'
import type { ReactElement } from 'react'
import { mayHaveChanged, type Procedure } from '../../../shared/model/procedure.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { abandon } from './procedure-actions.ts'
import styles from './procedures.module.css'
import { useProceduresTexts } from './texts.ts'
import { useWork } from './use-work.ts'

const shortestReason = 3

/** The way out before the last step, with what it means now and the reason that is kept. */
export function Abandon({ procedure }: { readonly procedure: Procedure }): ReactElement {
  const { abandon: texts } = useProceduresTexts()
  const [reason, setReason] = useState('')
  const { failure, isBusy, attempt } = useWork(procedure)
  const { deviceName } = procedure.plan
  const isChanged = mayHaveChanged(procedure)
  return (
    <Disclosure label={texts.title}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          attempt(async () => await abandon(procedure, reason))
        }}
      >
        <Notice tone={isChanged ? 'unknown' : 'accent'}>
          {isChanged ? texts.changed(deviceName) : texts.untouched(deviceName)}
        </Notice>
        {failure && <FailurePanel failure={failure} />}
        <TextField
          label={texts.reason}
          description={texts.reasonHint}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
        <div className={styles['buttons']}>
          <Button
            variant="danger"
            type="submit"
            label={texts.button}
            isDisabled={reason.trim().length < shortestReason}
            isPending={isBusy}
          />
        </div>
      </form>
    </Disclosure>
  )
}
