import type { Sentences } from '../plan-text.ts'

type BridgeTexts = Readonly<Record<'step' | 'bring' | 'wayBack', Sentences>>

/** Deutsche Worte für den Weg zu einem Backup, das sein Ziel annimmt, nach Kennung. */
export const endpointProtectorBridge = {
  step: {
    'snapshot-old': ({ old = 'der Quelle' }) =>
      `Machen Sie einen Snapshot der Maschine von ${old} und warten Sie, bis er als abgeschlossen gemeldet wird.`,
    'upgrade-step-by-step': ({ source = '?' }) =>
      `Bringen Sie die Quelle von ${source} Schritt für Schritt, mit Live Update oder den Offline-Patches, auf 5.7.0.0 oder später. Vor 5.2.0.6 schaltet der Netwrix-Support erst Datenbank-Partitionen ein.`,
    'patch-to-5942': () =>
      'Spielen Sie den kumulativen Patch auf 5.9.4.2 ein und prüfen Sie die Version in der Konsole.',
    'upgrade-to-2604': ({ source = '?' }) =>
      `Bringen Sie die Quelle von ${source} auf 2604 und prüfen Sie die Version in der Konsole.`,
    'wait-nightly': () =>
      'Warten Sie 24 Stunden, damit der nächtliche Auftrag (21:00) nach dem Patch einmal gelaufen ist.',
    'export-logs': () =>
      'Exportieren Sie die alten Protokolle mit einem Audit Log Backup und bringen Sie die Dateien in Sicherheit.',
    'clean-logs': () =>
      'Räumen Sie die exportierten Protokolle auf dem Server auf, oder fragen Sie den Netwrix-Support nach der Korrektur für 5.9.4.2.',
    'new-backup': ({ old = 'der Quelle' }) =>
      `Machen Sie auf ${old} ein neues System Backup v2, bewahren Sie den Schlüssel auf und laden Sie die Datei herunter.`,
    'import-new': ({ old = 'die Quelle' }) =>
      `Importieren Sie die Datei in Ferrite für ${old}, geben Sie den Schlüssel ein und prüfen Sie sie noch einmal gegen das Ziel.`,
  },
  bring: {
    'upgrade-files': ({ source = '?' }) => `Offline-Patches von ${source} bis 5.9.4.2.`,
    'patch-5942': () => 'Den kumulativen Patch auf 5.9.4.2.',
    'patch-2604': () => 'Den Patch auf 2604.',
    'console-login': ({ old = 'der Quelle' }) =>
      `Eine Anmeldung an der Konsole von ${old} und an ihrem Hypervisor, für den Snapshot.`,
  },
  wayBack: {
    'snapshot-back': ({ old = 'der Quelle' }) =>
      `Gehen Sie auf den Snapshot von ${old} zurück: Er ist der einzige Weg zurück von einem Upgrade.`,
  },
} satisfies BridgeTexts
