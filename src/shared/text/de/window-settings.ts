import type { WindowSettingsText } from '../en/window-settings.ts'

/** Deutsche Wörter der Einstellungen. */
export const windowSettings: WindowSettingsText = {
  title: 'Einstellungen',
  appearance: 'Erscheinungsbild',
  language: 'Sprache',
  languages: { en: 'English', de: 'Deutsch' },
  theme: 'Farben',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  vault: 'Tresor',
  vaultPlace: 'Ordner des Tresors',
  vaultNote:
    'Archive liegen dort, wie die Geräte sie gaben, jedes neben einem Datenblatt, das sich ohne Ferrite lesen lässt. Um sie auf einen anderen Computer zu bringen, kopieren Sie den Ordner.',
  homePlace: 'Ordner des Inventars',
  homeNote: 'Inventar, angenommene Fingerabdrücke, Verlauf und Einstellungen. Keine Passwörter im Klartext.',
  passwords: 'Passwörter',
  keychain: 'Schlüsselbund',
  keychainUsable: (backend) => `Sicher (${backend})`,
  keychainUsableNote:
    'Passwörter, die Ferrite sich merken soll, werden mit einem Schlüssel dieses Schlüsselbunds verschlüsselt und liegen sonst nirgends.',
  keychainWeak: (backend) => `Nicht sicher (${backend})`,
  keychainWeakNote:
    'Nichts wird gespeichert: Passwörter bleiben im Arbeitsspeicher, bis Ferrite geschlossen wird. Damit Ferrite sie sich merken kann, starten Sie einen Schlüsselbund (unter Linux: GNOME-Schlüsselbund oder KWallet) und öffnen Ferrite neu.',
  practice: 'Üben',
  practiseNote:
    'Simulierte Geräte zum Proben, nur auf diesem Computer. Starten Sie sie in einem Terminal und fügen Sie sie mit der Adresse, dem Benutzer und dem Passwort hinzu, die es ausgibt.',
  practiseCommand: 'ferrite practice start',
  command: 'den Befehl',
  about: 'Über Ferrite',
  version: 'Version',
  platform: 'Betriebssystem',
  practiceMode: 'Ferrite läuft mit simulierten Geräten.',
  help: 'Hilfe',
  helpNote: 'Diese Seiten öffnen sich im Browser und brauchen das Internet. Ferrite selbst braucht es nicht.',
  helpPages: {
    'ctrlx-interface': 'Schnittstelle von ctrlX CORE, vom Hersteller',
    source: 'Quelle dieser Beschreibung',
  },
  keys: 'Tasten',
  keyList: {
    palette: 'Jeder Befehl beim Namen',
    views: 'Geräte, Archive, Verlauf, Einstellungen',
    search: 'In der Liste suchen',
    back: 'Zurück und vorwärts',
    add: 'Gerät hinzufügen',
    open: 'Das Gewählte öffnen',
    menu: 'Das Menü des Gewählten',
    edit: 'Das gewählte Gerät bearbeiten',
    remove: 'Das Gewählte entfernen, nach einer Frage',
    messages: 'Zu den Meldungen',
  },
}
