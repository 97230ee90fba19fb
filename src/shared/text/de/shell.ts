import { formatCount, formatSize } from '../format.ts'
import type { ShellText } from '../en/shell.ts'

export const shell: ShellText = {
  chooseImports: 'Archive zum Importieren wählen',
  chooseApps: 'App-Dateien wählen',
  chooseExport: 'Archiv exportieren nach',
  chooseFolder: 'Leeren Ordner wählen',
  chooseBackupFolder: 'Wählen Sie den Ordner, in den das Gerät seine Backups schreibt',
  confirmRestore: ({ deviceName, archiveId, target, hash, options, steps }) => ({
    message: `Auf ${deviceName} wiederherstellen?`,
    detail: [
      `Archiv: ${archiveId}`,
      `Gerät: ${deviceName}${target.serial ? `, Seriennummer ${target.serial.value}` : ''}`,
      !options.safetyBackup.take
        ? `Es wird kein Sicherheits-Backup gemacht. Ihr Grund: ${options.safetyBackup.reason}`
        : steps.some(({ step }) => step === 'way-back-by-person')
          ? 'Zuerst machen Sie einen Snapshot der Maschine: Er ist der Weg zurück.'
          : 'Zuerst wird ein Sicherheits-Backup des Geräts gemacht.',
      `Plan: ${hash.slice(0, 16)}`,
    ].join('\n'),
    confirm: `Auf ${deviceName} wiederherstellen`,
    cancel: 'Abbrechen',
  }),
  confirmApps: ({ deviceName, target, changes, hash, options }) => ({
    message: `${String(changes.length)} System-Apps von ${deviceName} ändern?`,
    detail: [
      `Gerät: ${deviceName}${target.serial ? `, Seriennummer ${target.serial.value}` : ''}`,
      ...changes.map(
        ({ change, file }) => `${change.app}: ${change.from ?? '–'} → ${file?.version ?? change.to}`,
      ),
      'Die Steuerungsaufgaben stehen still, und das Gerät startet neu, möglicherweise mehrmals.',
      options.safetyBackup.take
        ? 'Zuerst wird ein Sicherheits-Backup des Geräts gemacht.'
        : `Es wird kein Sicherheits-Backup gemacht. Ihr Grund: ${options.safetyBackup.reason}`,
      `Plan: ${hash.slice(0, 16)}`,
    ].join('\n'),
    confirm: `${deviceName} ändern`,
    cancel: 'Abbrechen',
  }),
  confirmTakeOut: ({ files, totalBytes, packedBytes }) => ({
    message: `${formatSize(totalBytes, 'de')} entnehmen?`,
    detail: `${formatCount(files, 'de')} ${files === 1 ? 'Datei' : 'Dateien'}. Im Archiv sind es ${formatSize(packedBytes, 'de')}. Der Ordner braucht Platz für ${formatSize(totalBytes, 'de')}.`,
    confirm: `${formatSize(totalBytes, 'de')} entnehmen`,
    cancel: 'Abbrechen',
  }),
  unsafeNames: (count, example) => ({
    message:
      count === 1
        ? 'Ein Eintrag hat einen Namen, der nicht auf jedem System sicher ist.'
        : `${formatCount(count, 'de')} Einträge haben Namen, die nicht auf jedem System sicher sind.`,
    detail: `Zum Beispiel: ${example}\n\nSie lassen sich unter Namen entnehmen, die ihren eigenen ähneln. Im Archiv ändert sich nichts.`,
    rename: 'Unter sicheren Namen entnehmen',
    skip: 'Diese weglassen',
    cancel: 'Abbrechen',
  }),
  refusedSwitch: (name) => `Ferrite startet nicht mit --${name}, weil das seinen Schutz schwächen würde.`,
  cannotStart: (cause) => `Ferrite kann nicht starten. ${cause}`,
}
