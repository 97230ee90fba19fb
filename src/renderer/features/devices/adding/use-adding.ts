import { useReducer, useState } from 'react'
import type { Failure } from '../../../../shared/failure.ts'
import type { DeviceView } from '../../../../shared/ipc/views.ts'
import { request } from '../../../api.ts'
import { wantsPassword } from '../../../../shared/model/family-login.ts'
import { emptyPassword, type TypedPassword } from '../../../parts/password-fields.tsx'
import { applyDevice } from '../../../stores/devices.ts'
import { endOfJob } from '../../../stores/jobs.ts'
import { advance, firstStep, type Adding } from './adding.ts'
import { draftOf, emptyForm, type DeviceForm } from './device-form.ts'

/** What the dialog's steps need: where it is, what was typed, and what can be done next. */
export interface AddingControl {
  readonly adding: Adding
  readonly form: DeviceForm
  readonly setForm: (form: DeviceForm) => void
  /** The fingerprint that a person typed or pasted to compare. */
  readonly pasted: string
  readonly setPasted: (text: string) => void
  readonly typed: TypedPassword
  readonly setTyped: (typed: TypedPassword) => void
  readonly connect: () => Promise<void>
  readonly accept: (isCompared: boolean) => Promise<void>
  readonly logIn: () => Promise<void>
  readonly readAgain: () => Promise<void>
  readonly back: () => void
}

/** Leads through the steps; every request that fails stays at its step and says why. */
export function useAdding(): AddingControl {
  const [adding, dispatch] = useReducer(advance, firstStep)
  const [form, setForm] = useState(emptyForm)
  const [pasted, setPasted] = useState('')
  const [typed, setTyped] = useState(emptyPassword)
  const { at } = adding
  const fail = (failure: Failure): void => dispatch({ move: 'fail', failure })

  const read = async (view: DeviceView): Promise<void> => {
    const started = await request('devices.probe', { id: view.device.id })
    if (!started.ok) {
      fail(started.failure)
      return
    }
    dispatch({ move: 'reading', jobId: started.value })
    const job = await endOfJob(started.value)
    if (job?.state.phase === 'failed') fail(job.state.failure)
    else if (job?.state.phase === 'cancelled') fail({ code: 'cancelled', phase: 'reading-identity' })
    else dispatch({ move: 'read' })
  }

  return {
    adding,
    form,
    setForm,
    pasted,
    setPasted,
    typed,
    setTyped,
    connect: async () => {
      dispatch({ move: 'ask' })
      const offered = await request('devices.offer', draftOf(form))
      if (!offered.ok) {
        fail(offered.failure)
        return
      }
      dispatch({ move: 'offered', offer: offered.value })
    },
    accept: async (compared) => {
      if (at.step !== 'compare') return
      dispatch({ move: 'ask' })
      const { offerId } = at.offer
      const added = await request('devices.add', { draft: draftOf(form), offerId, compared })
      if (!added.ok) {
        fail(added.failure)
        return
      }
      applyDevice(added.value)
      dispatch({ move: 'added', view: added.value })
      if (!wantsPassword(added.value.device)) await read(added.value)
    },
    logIn: async () => {
      if (at.step !== 'password' || typed.password === '') return
      dispatch({ move: 'ask' })
      const { view } = at
      const given = await request('credentials.give', { id: view.device.id, ...typed })
      if (!given.ok) {
        fail(given.failure)
        return
      }
      applyDevice({ ...view, credentials: given.value.stored ? 'stored' : 'for-this-session' })
      await read(view)
    },
    readAgain: async () => {
      if (at.step !== 'identity') return
      dispatch({ move: 'ask' })
      await read(at.view)
    },
    back: () => dispatch({ move: 'back' }),
  }
}
