import type { ChoiceTexts } from '../en/choices.ts'

export const choices: ChoiceTexts = {
  kept: {
    hostname: 'Hostname',
    address: 'Netzwerkadresse',
    users: 'Benutzer und Rechte',
    certificates: 'Zertifikate und Schlüssel',
  },
  reason: {
    'legacy-archive': 'Archive dieser Art werden als Ganzes angewendet.',
    'not-in-archive': 'Das Archiv enthält das nicht; es bleibt also in jedem Fall.',
    'replace-mode':
      'Auf diese Weise kommt es aus dem Archiv oder wird zurückgesetzt; behalten lässt sich davon nichts.',
    'too-large': 'Das Archiv ist zu groß, um ohne das gesendet zu werden.',
    'not-asked': 'Diese Geräteart übernimmt es aus dem Archiv.',
    'needs-gnu-tar': 'Das tar dieses Geräts kann keine Pfade auslassen.',
  },
  removal: {
    app: ['App', 'Apps'],
    user: ['Benutzer', 'Benutzer'],
    group: ['Benutzergruppe', 'Benutzergruppen'],
    network: ['Netzwerkschnittstelle', 'Netzwerkschnittstellen'],
    host: ['Eintrag der Hostliste', 'Einträge der Hostliste'],
    certificate: ['Zertifikat oder Schlüssel', 'Zertifikate und Schlüssel'],
    pki: ['Zertifikatsdienst', 'Zertifikatsdienste'],
    configuration: ['archivierte Konfiguration', 'archivierte Konfigurationen'],
    storage: ['Netzlaufwerk', 'Netzlaufwerke'],
    'app-settings': ['Einstellung einer App', 'Einstellungen von Apps'],
    settings: ['Abschnitt der Einstellungen', 'Abschnitte der Einstellungen'],
  },
}
