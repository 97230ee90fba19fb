import { lensesAt, revealAt } from '../../browsing/lenses.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type LensHandlers = Pick<Handlers, 'browse.lenses' | 'browse.reveal'>

/** Requests about what a family knows of the inside of an archive. */
export function lensHandlers(ferrite: Ferrite): LensHandlers {
  return {
    'browse.lenses': async ({ place }, signal) => await lensesAt(ferrite, place, signal),
    'browse.reveal': async ({ place, ...cell }, signal) => await revealAt(ferrite, place, cell, signal),
  }
}
