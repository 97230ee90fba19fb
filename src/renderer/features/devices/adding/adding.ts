import type { Failure } from '../../../../shared/failure.ts'
import type { DeviceView } from '../../../../shared/ipc/views.ts'
import { familyLogins, wantsPassword } from '../../../../shared/model/family-login.ts'
import type { JobId } from '../../../../shared/model/job.ts'
import type { PinOffer } from '../../../../shared/model/pin-offer.ts'

/** Where a person is on the way from nothing to a device that can be backed up. */
export type AddingStep =
  | { readonly step: 'describe' }
  | { readonly step: 'compare'; readonly offer: PinOffer }
  | { readonly step: 'password'; readonly view: DeviceView }
  /** Without a job until main has begun one. */
  | { readonly step: 'identity'; readonly view: DeviceView; readonly jobId: JobId | undefined }
  | { readonly step: 'done'; readonly view: DeviceView }

/** The way, with what is going on at the current step: nothing, a request, or its failure. */
export interface Adding {
  readonly at: AddingStep
  readonly work:
    | { readonly phase: 'idle' }
    | { readonly phase: 'busy' }
    | { readonly phase: 'failed'; readonly failure: Failure }
}

export type AddingMove =
  | { readonly move: 'ask' }
  | { readonly move: 'fail'; readonly failure: Failure }
  | { readonly move: 'offered'; readonly offer: PinOffer }
  | { readonly move: 'added'; readonly view: DeviceView }
  | { readonly move: 'reading'; readonly jobId: JobId }
  | { readonly move: 'read' }
  | { readonly move: 'back' }

export const firstStep: Adding = { at: { step: 'describe' }, work: { phase: 'idle' } }

const idle = { phase: 'idle' } as const

/** The next state. A move that does not belong to the current step changes nothing: a late answer is no answer. */
export function advance(adding: Adding, move: AddingMove): Adding {
  const { at } = adding
  switch (move.move) {
    case 'ask':
      return { at, work: { phase: 'busy' } }
    case 'fail':
      return { at, work: { phase: 'failed', failure: move.failure } }
    case 'offered':
      return at.step === 'describe' ? { at: { step: 'compare', offer: move.offer }, work: idle } : adding
    case 'added':
      return at.step === 'compare' ? afterAdding(move.view) : adding
    case 'reading':
      return at.step === 'password' || at.step === 'identity'
        ? { at: { step: 'identity', view: at.view, jobId: move.jobId }, work: { phase: 'busy' } }
        : adding
    case 'read':
      return at.step === 'identity' ? { at: { step: 'done', view: at.view }, work: idle } : adding
    case 'back':
      return { at: stepBefore(at), work: idle }
  }
}

/** A device that wants no password is read at once. */
function afterAdding(view: DeviceView): Adding {
  return wantsPassword(view.device)
    ? { at: { step: 'password', view }, work: idle }
    : { at: { step: 'identity', view, jobId: undefined }, work: { phase: 'busy' } }
}

/** A device that was added stays added: behind the fingerprint there is no way back, only another password. */
function stepBefore(at: AddingStep): AddingStep {
  switch (at.step) {
    case 'compare':
      return { step: 'describe' }
    case 'identity':
      return isLoggedInTo(at.view) ? { step: 'password', view: at.view } : at
    case 'describe':
    case 'password':
    case 'done':
      return at
  }
}

/** False for devices that are only looked at from outside. */
export function isLoggedInTo({ device }: DeviceView): boolean {
  return familyLogins[device.family] !== 'none'
}
