import type { ActivityAction } from '../../model/activity.ts'
import type { WindowActivityText } from '../en/window-activity.ts'

const actions: Readonly<Record<ActivityAction, string>> = {
  'device-added': 'Gerät hinzugefügt',
  'device-removed': 'Gerät entfernt',
  'pin-accepted': 'Fingerabdruck angenommen',
  'backup-made': 'Backup gemacht',
  'archive-imported': 'Archiv importiert',
  'archive-exported': 'Archiv exportiert',
  'restore-intended': 'Wiederherstellung begonnen',
  'restore-ended': 'Wiederherstellung beendet',
  'safety-backup-skipped': 'Wiederherstellung ohne Sicherheits-Backup',
  'job-failed': 'Auftrag fehlgeschlagen',
}

/** Deutsche Wörter der Verlaufsansicht. */
export const windowActivity: WindowActivityText = {
  title: 'Verlauf',
  subtitle:
    'Wer hat was mit welchem Gerät getan. Es kommt immer nur etwas hinzu; jeder Eintrag trägt die Prüfsumme des vorigen.',
  search: 'Verlauf durchsuchen',
  show: 'Zeigen',
  filters: {
    all: 'Alles',
    backups: 'Backups und Archive',
    restores: 'Wiederherstellungen',
    devices: 'Geräte und Fingerabdrücke',
    failures: 'Fehlschläge',
  },
  toolbar: 'Suche und Filter',
  table: 'Verlauf',
  columns: { at: 'Zeit', actor: 'Person', action: 'Was', subject: 'Woran', facts: 'Womit' },
  actions,
  facts: {
    archive: 'Archiv',
    sha256: 'SHA-256',
    sizeBytes: 'Größe',
    file: 'Datei',
    address: 'Adresse',
    fingerprint: 'Fingerabdruck',
    former: 'Früherer Fingerabdruck',
    compared: 'Verglichen',
    plan: 'Plan',
    outcome: 'Ergebnis',
    clean: 'Sauber',
    reason: 'Grund',
    kind: 'Auftrag',
    code: 'Fehler',
  },
  yes: 'ja',
  no: 'nein',
  detail: 'Eintrag',
  number: 'Nummer',
  hash: 'Prüfsumme dieses Eintrags',
  previous: 'Prüfsumme des vorigen',
  widthOfList: 'Breite der Liste',
  choose: 'Wählen Sie einen Eintrag, um alles zu sehen, was festgehalten wurde.',
  openReport: 'Bericht zeigen',
  openArchive: 'Archiv zeigen',
  empty:
    'Noch ist nichts geschehen. Jedes Backup, jede Wiederherstellung und jeder angenommene Fingerabdruck wird hier festgehalten.',
  nothingFound: 'Kein Eintrag passt.',
  clear: 'Alles zeigen',
  loading: 'Verlauf wird geladen',
  newest: (entries) => `Gezeigt werden die neuesten ${entries} Einträge.`,
}
