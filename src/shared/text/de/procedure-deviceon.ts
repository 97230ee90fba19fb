import type { ProcedureTexts } from '../procedure-text.ts'

/** Deutsche Worte für die Schritte einer geführten Wiederherstellung dieser Geräteart. */
export const deviceOnProcedure: ProcedureTexts = { step: {}, evidence: {} }
