import type { FieldText } from '../field-text.ts'

/** Deutsche Wörter für das, was eine Person über DeviceOn-Server und ihre Archive angibt. */
export const deviceOnFacts: Readonly<Record<string, FieldText>> = {
  version: { label: 'DeviceOn-Version', description: 'Drei Zahlen, wie das Portal sie zeigt.' },
  os: { label: 'Betriebssystem des Servers', choices: { windows: 'Windows', linux: 'Linux' } },
  tpm: {
    label: 'TPM bei der Installation gewählt',
    description: 'Das weiß nur, wer den Server installiert hat: das Portal zeigt es nicht.',
  },
  tpmId: { label: 'TPM-Identität', description: 'SHA-256 des Endorsement Key.' },
  serverAddress: { label: 'Adresse, die die Agenten benutzen' },
  mac: { label: 'MAC-Adresse, an die die Lizenz gebunden ist' },
  schedule: {
    label: 'Zeitplan des System Backup',
    description: 'Wie unter System Settings > System Backup eingestellt.',
    choices: { daily: 'Täglich', monthly: 'Monatlich' },
  },
  storageFolder: { label: 'Ordner mit den Backups auf dem Server' },
  installFolder: { label: 'Ordner, in dem DeviceOn installiert ist' },
  portalPort: { label: 'Port des Portals auf dem Server', description: 'Gelesen durch die SSH-Verbindung.' },
  portalUser: {
    label: 'Konto des Portals',
    description: 'Zum Lesen der Version; leer gelassen gilt die Version, die Sie angeben.',
  },
}
