import type { FieldText } from '../field-text.ts'

/** Deutsche Wörter für das, was eine Person über Endpoint-Protector-Appliances und ihre Archive angibt. */
export const endpointProtectorFacts: Readonly<Record<string, FieldText>> = {
  version: { label: 'Version des Servers', description: 'Wie unten rechts in der Konsole.' },
  kind: {
    label: 'Art des Backups',
    choices: { v1: 'System Backup (.eppb)', v2: 'System Backup v2 (Migration)' },
  },
  patchedAt: { label: 'Wann der letzte Patch eingespielt wurde' },
  finalAddress: {
    label: 'Adresse, die sie übernimmt',
    description: 'Die Adresse der alten Appliance, unter der die Clients den Server suchen.',
  },
  keepsAddress: { label: 'Die Adresse bleibt' },
  modules: {
    label: 'Benutzte Module',
    choices: {
      none: 'Keines davon',
      encryption: 'Enforced Encryption',
      dpi: 'Deep Packet Inspection',
      both: 'Beide',
    },
  },
  freePercent: { label: 'Freier Platz der Quelle in Prozent' },
  freeGigabytes: { label: 'Freier Platz in GB' },
  diskGigabytes: { label: 'Größe der Platte in GB' },
  hypervisor: { label: 'Hypervisor' },
  clientVersion: { label: 'Älteste Client-Version' },
  eDiscovery: { label: 'eDiscovery wird benutzt' },
  integrations: {
    label: 'Anbindungen mit Kennwörtern',
    description: 'SMTP, AD/LDAP, SSO, SCIM, SIEM, S3: je Zeile eine.',
  },
  exportFolder: {
    label: 'Ordner, in den die Appliance ihre Backups schreibt',
    description: 'Auf diesem Rechner oder einer eingebundenen Freigabe.',
  },
}
