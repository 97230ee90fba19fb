import type { FieldText } from '../field-text.ts'

/** English words for the facts that a person states of Endpoint Protector appliances and their archives. */
export const endpointProtectorFacts: Readonly<Record<string, FieldText>> = {
  version: { label: 'Server version', description: 'As the lower right corner of the console shows it.' },
  kind: {
    label: 'Kind of backup',
    choices: { v1: 'System Backup (.eppb)', v2: 'System Backup v2 (Migration)' },
  },
  patchedAt: { label: 'When the last patch was installed' },
  finalAddress: {
    label: 'Address it takes over',
    description: 'The old appliance’s address, where the endpoint clients look for the server.',
  },
  keepsAddress: { label: 'The address is kept' },
  modules: {
    label: 'Modules in use',
    choices: {
      none: 'Neither of them',
      encryption: 'Enforced Encryption',
      dpi: 'Deep Packet Inspection',
      both: 'Both',
    },
  },
  freePercent: { label: 'Free disk of the source in percent' },
  freeGigabytes: { label: 'Free disk in GB' },
  diskGigabytes: { label: 'Size of the disk in GB' },
  hypervisor: { label: 'Hypervisor' },
  clientVersion: { label: 'Oldest client version' },
  eDiscovery: { label: 'eDiscovery in use' },
  integrations: {
    label: 'Integrations with passwords',
    description: 'SMTP, AD/LDAP, SSO, SCIM, SIEM, S3: one a line.',
  },
  exportFolder: {
    label: 'Folder the appliance writes its backups to',
    description: 'On this computer, or a share it has mounted.',
  },
}
