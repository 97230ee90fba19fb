import type { FieldText } from '../field-text.ts'

/** English words for the facts that a person states of DeviceOn servers and their archives. */
export const deviceOnFacts: Readonly<Record<string, FieldText>> = {
  version: { label: 'DeviceOn version', description: 'Three numbers, as the portal shows them.' },
  os: { label: 'Operating system of the server', choices: { windows: 'Windows', linux: 'Linux' } },
  tpm: {
    label: 'TPM chosen at installation',
    description: 'Only whoever installed the server knows: the portal does not show it.',
  },
  tpmId: { label: 'TPM identity', description: 'SHA-256 of the endorsement key.' },
  serverAddress: { label: 'Address that agents use' },
  mac: { label: 'MAC address the licence is bound to' },
  schedule: {
    label: 'Schedule of System Backup',
    description: 'As set under System Settings > System Backup.',
    choices: { daily: 'Daily', monthly: 'Monthly' },
  },
  storageFolder: { label: 'Folder with the backups on the server' },
  installFolder: { label: 'Folder DeviceOn is installed in' },
  portalPort: { label: 'Port of the portal on the server', description: 'Read through the SSH connection.' },
  portalUser: {
    label: 'Account of the portal',
    description: 'For reading the version; left empty, the version is what you state.',
  },
}
