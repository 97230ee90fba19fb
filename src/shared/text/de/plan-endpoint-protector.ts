import type { PlanTexts } from '../plan-text.ts'

/** Deutsche Worte für den Endpoint-Protector-Teil eines Plans, nach Kennung. */
export const endpointProtectorPlan = {
  step: {},
  sideEffect: {
    'replaces-console-users': () =>
      'Benutzer der Konsole, Rechte, Einstellungen und Richtlinien kommen aus dem Backup: Danach melden Sie sich mit den Benutzern des alten Servers an.',
    'removes-other-backups': () =>
      'Frühere System- und Audit-Log-Backups auf dem Ziel sind danach weg; nur das importierte bleibt.',
    'integrations-lose-passwords': () =>
      'Passwörter anderer Systeme (SMTP, AD/LDAP, SSO, SCIM, SIEM, S3) müssen vielleicht neu eingegeben werden.',
  },
  remark: {},
} satisfies PlanTexts
