import type { ProcedureTexts } from '../plan-text.ts'

/** Deutsche Worte für das, was bei jeder geführten Wiederherstellung gleich ist. */
export const generalProcedure = {
  step: {},
  evidence: {
    'said-by-person': () => 'Ein Mensch hat gesagt, dass dies getan ist.',
    'found-by-person': () =>
      'Was aus diesem Schritt wurde, war nicht bekannt; ein Mensch hat am Gerät nachgesehen.',
  },
} satisfies ProcedureTexts
