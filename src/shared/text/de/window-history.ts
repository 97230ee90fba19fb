import type { WindowHistoryText } from '../en/window-history.ts'

/** German words of the versions of a file. */
export const windowHistory: WindowHistoryText = {
  title: 'Alle Fassungen',
  back: 'Zurück',
  reading: 'Jede Fassung wird gelesen',
  versions: 'Fassungen',
  divider: 'Höhe der Fassungen',
  columns: {
    taken: 'In den Backups',
    versions: 'Unverändert',
    size: 'Größe',
    modified: 'Geändert',
    sha256: 'SHA-256',
  },
  span: (newest, oldest) => `${oldest} bis ${newest}`,
  unchangedIn: (count, shown) => (count === 1 ? 'in 1 Backup' : `in ${shown} Backups`),
  absent: 'Nicht in diesen Backups',
  absentOne: 'Nicht in diesem Backup',
  unreadable: 'Nicht lesbar',
  nowhere: 'Kein Backup dieses Geräts enthält diese Datei.',
  onlyOne: 'Es gibt nur eine Fassung: Sie hat sich nie geändert.',
  choose: 'Zwei Fassungen wählen, um sie nebeneinander zu sehen.',
  binary: (before, after) => `Das ist kein Text. Größe: ${before}, dann ${after}.`,
  truncated: (size) => `Nur die ersten ${size} werden verglichen.`,
  open: 'In seinem Archiv öffnen',
}
