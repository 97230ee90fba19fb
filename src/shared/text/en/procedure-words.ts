/** English words for guided restores, on the command line and in the window. */
export const procedureWords = {
  kind: {
    automatic: 'Ferrite does it',
    assisted: 'You do it, Ferrite helps',
    confirmed: 'You do it',
  },
  phase: {
    ahead: 'still to come',
    running: 'running',
    done: 'done',
    failed: 'did not succeed',
    unclear: 'not known: look at the device',
  },
  /** In place of "still to come", for the step that is next. */
  due: 'now',
  standing: {
    'for-you': (step: string) => `waits for you: ${step}`,
    'for-ferrite': (step: string) => `can go on: ${step}`,
    running: (step: string) => `running: ${step}`,
    failed: (step: string) => `did not succeed: ${step}`,
    unclear: (step: string) => `not known what came of: ${step}`,
    'to-report': () => 'every step is done; the report is still to be written',
  },
  by: (who: string) => (who === 'ferrite' ? 'Ferrite' : who),
  changes: 'From here the device is changed',
  /** Above the steps in a plan that is printed. */
  planned: (steps: number, yours: number) =>
    `A guided restore of ${String(steps)} steps, ${String(yours)} of them yours:`,
  next: {
    confirm: 'When it is done:',
    note: 'what you saw',
    run: 'To go on:',
    unclear: 'Look at the device first. Then write down what you found:',
    abandon: 'To end it here:',
    reason: 'why',
  },
  none: 'No guided restore yet.',
}
export type ProcedureWords = typeof procedureWords
