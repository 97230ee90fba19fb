import type { ProcedureTexts } from '../procedure-text.ts'

/** English words for the steps of a guided restore of this family. */
export const endpointProtectorProcedure: ProcedureTexts = { step: {}, evidence: {} }
