import type { words as english } from '../en/words.ts'

type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widened<T[K]> }

/** Deutsche Wörter für die festen Vokabulare. */
export const words: Widened<typeof english> = {
  phase: {
    connecting: 'Verbindung wird aufgebaut',
    'reading-identity': 'Identität wird gelesen',
    'preparing-scope': 'Umfang wird ermittelt',
    'device-preparing': 'Das Gerät bereitet seine Datei vor',
    transferring: 'Übertragung',
    'reading-back': 'Geschriebenes wird zurückgelesen',
    opening: 'Archiv wird geöffnet',
    storing: 'Ablage',
    'checking-archive': 'Archiv wird geprüft',
    'checking-fit': 'Eignung wird geprüft',
    'safety-backup': 'Sicherheits-Backup',
    uploading: 'Hochladen',
    'confirming-identity': 'Identität wird noch einmal gelesen',
    applying: 'Das Gerät wird verändert',
    'waiting-for-device': 'Warten auf das Gerät',
    verifying: 'Gerät wird mit dem Archiv verglichen',
    'restoring-state': 'Früherer Betriebszustand wird hergestellt',
  },
  leftOut: {
    'operating-system-app': 'gehört zum Betriebssystem',
    'hardware-app': 'gehört zur Hardware',
    'disabled-app': 'war deaktiviert',
    licence: 'Lizenzen bleiben bei ihrem Gerät',
    logbook: 'Protokolle gehören nicht zum Backup',
    'external-storage': 'liegt auf externem Speicher',
    'not-readable': 'die Anmeldung darf es nicht lesen',
    'secret-without-password': 'Geheimnisse werden nur mit Passwort gesichert',
    'not-chosen': 'wurde nicht gewählt',
    'not-found-on-device': 'ist nicht auf dem Gerät',
  },
  jobKind: {
    backup: 'Backup',
    restore: 'Wiederherstellung',
    probe: 'Identität lesen',
    verify: 'Prüfung',
    import: 'Import',
  },
  verdict: { fits: 'Passt', cautions: 'Passt mit Hinweisen', blocked: 'Gesperrt', unknown: 'Unbekannt' },
  findingResult: { pass: 'Erfüllt', caution: 'Hinweis', blocker: 'Sperre', unknown: 'Unbekannt' },
  outcome: {
    'verified-new': 'Das Gerät hat den Stand des Archivs',
    'verified-old': 'Das Gerät hat noch seinen früheren Stand',
    unknown: 'Nicht bekannt: sehen Sie nach dem Gerät',
  },
  provenance: {
    probed: 'vom Gerät gelesen',
    archive: 'aus dem Archiv gelesen',
    recorded: 'beim Backup vermerkt',
    stated: 'von einer Person angegeben',
  },
  family: { 'ctrlx-core': 'ctrlX CORE', 'linux-host': 'Linux-Host' },
  proof: { L0: 'Geholt', L1: 'Prüfsumme stimmt', L2: 'Lässt sich öffnen und lesen' },
  origin: { backup: 'Backup', safety: 'Sicherheits-Backup', import: 'Import' },
  notClean: 'nicht sauber: sehen Sie, was das Gerät gesagt hat',
}
