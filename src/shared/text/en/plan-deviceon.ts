import type { PlanTexts } from '../plan-text.ts'

/** English words for the DeviceOn part of a plan: plan steps and side effects, by id. */
export const deviceOnPlan = {
  step: {
    'deviceon-procedure': (facts) =>
      `Restore with the vendor’s recovery tool in ${facts['count'] ?? 'several'} steps that you and Ferrite take in turn`,
  },
  sideEffect: {
    'baseline-erases': () =>
      'The server has to be reset or installed anew first: everything it holds now is erased.',
    'accounts-from-archive': () =>
      'Accounts and passwords of the portal come from the archive: your login may be another one afterwards.',
    'portal-down': () => 'The portal is down while the tool works, and agents are not served.',
    'certificates-not-known': () =>
      'Whether certificates of the portal are in the archive is not documented: have them ready.',
    'linux-tool-not-documented': () =>
      'For Linux no recovery tool is documented: ask Advantech before you begin.',
  },
  remark: {},
} satisfies PlanTexts
