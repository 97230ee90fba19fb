import type { WindowShellText } from '../en/window-shell.ts'

/** Deutsche Wörter des Fensterrahmens: Navigation, Befehlsliste, was alle Ansichten teilen. */
export const windowShell: WindowShellText = {
  mainNavigation: 'Ansichten',
  views: {
    devices: 'Geräte',
    archives: 'Archive',
    activity: 'Verlauf',
    settings: 'Einstellungen',
    browse: 'Inhalt des Archivs',
    compare: 'Vergleich',
    restore: 'Wiederherstellung',
    report: 'Bericht der Wiederherstellung',
    search: 'Suche',
    history: 'Alle Fassungen',
    fit: 'Eignung',
    procedures: 'Schritt für Schritt',
  },
  back: 'Zurück',
  forward: 'Vorwärts',
  search: 'Befehle und Geräte suchen',
  palette: {
    label: 'Befehle',
    placeholder: 'Was möchten Sie tun?',
    empty: 'Kein Befehl heißt so.',
    goTo: 'Gehe zu',
    actions: 'Befehle',
    devices: 'Geräte',
    addDevice: 'Gerät hinzufügen',
    importArchive: 'Archiv importieren',
    openDevice: (name) => `${name} anzeigen`,
    backUpDevice: (name) => `${name} sichern`,
    restoreDevice: (name) => `Archiv auf ${name} wiederherstellen`,
    restoreFileTo: (name) => `Datei auf ${name} wiederherstellen`,
    theme: {
      system: 'Farben des Systems verwenden',
      light: 'Helle Farben verwenden',
      dark: 'Dunkle Farben verwenden',
    },
    language: { en: 'Englisch verwenden', de: 'Deutsch verwenden' },
  },
  cancel: 'Abbrechen',
  close: 'Schließen',
  retry: 'Noch einmal versuchen',
  jobOf: (job, subject) => `${job}: ${subject}`,
  jobWaiting: 'Wartet auf den Beginn',
  comparePins: 'Fingerabdrücke vergleichen',
  enterPassword: 'Passwort eingeben',
  login: {
    title: (device) => `Passwort für ${device}`,
    passwordOf: (user) => (user === '' ? 'Passwort' : `Passwort von „${user}“`),
    remember: 'Passwort merken',
    goesToKeychain: (backend) =>
      `Es wird mit dem Schlüsselbund dieses Computers (${backend}) verschlüsselt und nur für dieses Gerät verwendet.`,
    goesToMemory: 'Es bleibt im Arbeitsspeicher, bis Ferrite geschlossen wird, und steht sonst nirgends.',
    keychainWeak: (backend) =>
      backend === ''
        ? 'Das Passwort bleibt im Arbeitsspeicher, bis Ferrite geschlossen wird, und steht sonst nirgends.'
        : `Dieser Computer hat keinen sicheren Schlüsselbund (${backend}), deshalb wird nichts gespeichert: Das Passwort bleibt im Arbeitsspeicher, bis Ferrite geschlossen wird.`,
    use: 'Dieses Passwort verwenden',
  },
  viewFailed: 'Diese Ansicht konnte nicht gezeigt werden.',
  viewFailedNext:
    'Wechseln Sie die Ansicht oder versuchen Sie es noch einmal. Kein Auftrag wurde angehalten.',
}
