import { useState } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Procedure } from '../../../shared/model/procedure.ts'
import type { Result } from '../../../shared/result.ts'
import { goOn } from './procedure-actions.ts'

/** Something that was asked for and is on its way, or did not go. */
export interface Work {
  readonly failure: Failure | undefined
  readonly isBusy: boolean
  /** Does it, once at a time. */
  readonly attempt: (work: () => Promise<Result<unknown>>) => void
  /** Has Ferrite go on with the procedure. */
  readonly run: () => void
}

/** What the buttons of a step need: at most one thing at a time, and what came of the last. */
export function useWork(procedure: Procedure): Work {
  const [failure, setFailure] = useState<Failure>()
  const [isBusy, setBusy] = useState(false)
  const attempt = (work: () => Promise<Result<unknown>>): void => {
    if (isBusy) return
    setBusy(true)
    setFailure(undefined)
    void work().then((result) => {
      setBusy(false)
      // Somebody who would rather not enter the password has seen that nothing began.
      if (!result.ok && result.failure.code !== 'cancelled') setFailure(result.failure)
    })
  }
  return { failure, isBusy, attempt, run: () => attempt(async () => await goOn(procedure)) }
}
