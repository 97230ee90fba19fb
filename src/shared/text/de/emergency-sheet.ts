import type { SheetText } from '../en/emergency-sheet.ts'

/** Deutsche Worte des Blattes, das für den Tresor gedruckt wird. */
export const sheet: SheetText = {
  title: (device) => `Notfallblatt: Backup von ${device}`,
  generatedAt: (time) => `Gedruckt ${time}`,
  warning:
    'Wer dieses Blatt und die Datei hat, hat die Einstellungen des Servers. Bewahren Sie das Blatt in einem Tresor auf, getrennt von der Datei.',
  file: 'Die Datei',
  fileName: 'Dateiname',
  size: 'Größe',
  sha256: 'SHA-256',
  device: 'Quelle',
  version: 'Version der Quelle',
  notStated: 'nicht angegeben',
  takenAt: 'Erstellt',
  archive: 'Archiv-Kennung in Ferrite',
  key: 'System Backup Key',
  keyLength: 'Zeichen',
  keyHash: 'SHA-256 des Schlüssels beginnt mit',
  keyRule:
    'Leerzeichen und Zeilenenden zwischen den Gruppen gehören nicht zum Schlüssel. Groß- und Kleinbuchstaben sind verschieden. Niemand kann diesen Schlüssel neu erzeugen: nicht der Hersteller und nicht der Server.',
  steps: 'Wiederherstellen ohne Ferrite',
  restoreSteps: [
    'Die Datei prüfen: Ihre SHA-256 muss die obige sein.',
    'Eine Appliance gleicher oder neuerer Version unter einer eigenen Adresse aufstellen. Vorher von beiden Maschinen einen Snapshot machen.',
    'Auf der neuen: Kommunikation mit den Clients ausschalten (System Configuration > System Settings).',
    'System Maintenance > System Backup v2 > Import and Restore (Migrate): Datei wählen, Schlüssel eingeben, Import drücken.',
    'Mindestens 5 Minuten warten, bevor Sie die Seite aktualisieren. Eine Wiederherstellung dauert 15 bis 45 Minuten; die Konsole kann hängen.',
    'Mit einem Benutzer des alten Servers anmelden. Version, Lizenz und Richtlinien prüfen; Passwörter anderer Systeme neu eingeben.',
    'Die alte Appliance ausschalten, sich vergewissern, dass unter ihrer Adresse niemand antwortet, dann der neuen diese Adresse an der Konsole ihrer Maschine geben.',
    'Kommunikation mit den Clients einschalten und „Last Seen“ beobachten. Ein neues Backup machen.',
  ],
}
