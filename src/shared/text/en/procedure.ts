import type { ProcedureTexts } from '../plan-text.ts'

/** English words for what is the same in every guided restore. */
export const generalProcedure = {
  step: {},
  evidence: {
    'said-by-person': () => 'A person said that this is done.',
    'found-by-person': () => 'It was not known what became of this step; a person looked at the device.',
  },
} satisfies ProcedureTexts
