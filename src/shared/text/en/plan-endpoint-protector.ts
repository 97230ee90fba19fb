import type { PlanTexts } from '../plan-text.ts'

/** English words for the Endpoint Protector part of a plan, by id. */
export const endpointProtectorPlan = {
  step: {},
  sideEffect: {
    'replaces-console-users': () =>
      'Users of the console, rights, settings and policies come from the backup: from then on you log in with the old server’s users.',
    'removes-other-backups': () =>
      'Earlier system and audit log backups on the target are gone afterwards; only the imported one stays.',
    'integrations-lose-passwords': () =>
      'Passwords of other systems (SMTP, AD/LDAP, SSO, SCIM, SIEM, S3) may have to be entered again.',
  },
  remark: {},
} satisfies PlanTexts
