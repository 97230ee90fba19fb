import type { PlanTexts } from '../plan-text.ts'

const quoted = (text: string): string => (text === '' ? '' : `: “${text}”`)

/** English words for the frame around every restore: plan steps and remarks, by id. */
export const generalPlan = {
  step: {
    'check-archive': () => 'Read the archive again and compare its SHA-256',
    'check-fit': () => 'Apply every rule to the identity read now',
    'safety-backup': () => 'Make a safety backup of the device and verify it',
    'no-safety-backup': () => 'No safety backup: your reason is recorded',
    'way-back-by-person': () =>
      'You take the way back by hand and say so; no step that changes the system begins before it',
    'confirm-identity': () => 'Read the identity again on the same connection',
    'write-intent': () => 'Write down what is about to happen',
    report: () => 'Write the report',
  },
  sideEffect: {},
  remark: {
    'recovered-after-restart': () =>
      'Ferrite was closed while the device was being changed; this was found out afterwards.',
    'proof-not-noted': () => 'The proof that this restore earned could not be noted beside the archive.',
    'not-written-down': () => 'The report could not be written to disk; keep this text.',
    'verified-by-person': ({ by = '?', note = '' }) =>
      `Ferrite could not read this result itself. ${by} looked at the device and says that it is the archive’s state${quoted(note)}.`,
    'found-by-person': ({ step = '?', by = '?', note = '' }) =>
      `What became of the step “${step}” was not known. ${by} looked at the device and found${quoted(note)}.`,
    abandoned: ({ by = '?', reason = '' }) =>
      `${by} ended this guided restore before its last step${quoted(reason)}.`,
    'nothing-changed': () => 'No step that changes the device had begun: it holds what it held before.',
    'upload-left': ({ folder = '?' }) =>
      `What was uploaded may still lie on the device in ${folder}; it can be removed there.`,
    'left-half-way': ({ step = '?' }) =>
      `The device may have been changed: the last step that changes it and had begun is “${step}”. Look at the device.`,
  },
} satisfies PlanTexts
