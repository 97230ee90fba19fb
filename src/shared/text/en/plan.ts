import type { PlanTexts } from '../plan-text.ts'

/** English words for the frame around every restore: plan steps and remarks, by id. */
export const generalPlan = {
  step: {
    'check-archive': () => 'Read the archive again and compare its SHA-256',
    'check-fit': () => 'Apply every rule to the identity read now',
    'safety-backup': () => 'Make a safety backup of the device and verify it',
    'no-safety-backup': () => 'No safety backup: your reason is recorded',
    'confirm-identity': () => 'Read the identity again on the same connection',
    'write-intent': () => 'Write down what is about to happen',
    report: () => 'Write the report',
  },
  sideEffect: {},
  remark: {
    'recovered-after-restart': () =>
      'Ferrite was closed while the device was being changed; this was found out afterwards.',
    'not-written-down': () => 'The report could not be written to disk; keep this text.',
  },
} satisfies PlanTexts
