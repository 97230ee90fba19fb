import type { WindowJobsText } from '../en/window-jobs.ts'

/** Deutsche Wörter der Auftragsleiste. */
export const windowJobs: WindowJobsText = {
  title: 'Aufträge',
  tray: 'Aufträge dieser Sitzung',
  show: 'Aufträge zeigen',
  hide: 'Aufträge verbergen',
  running: 'Läuft',
  attention: 'Zu prüfen',
  failed: 'Fehlgeschlagen',
  done: 'Erledigt',
  cancelled: 'Abgebrochen',
  countRunning: (jobs) => `${jobs} in Arbeit`,
  countAttention: (jobs) => `${jobs} zu prüfen`,
  countDone: (jobs) => `${jobs} erledigt`,
  clear: 'Beendete ausblenden',
  dismiss: 'Aus der Liste nehmen',
  retry: 'Noch einmal versuchen',
  showArchive: 'Archiv zeigen',
  showReport: 'Bericht zeigen',
  showProcedure: 'Schritte zeigen',
  took: (duration) => `dauerte ${duration}`,
  closing: {
    nothing: 'Es läuft nichts. Sie dürfen das Fenster schließen.',
    running: (jobs) =>
      jobs === '1'
        ? 'Sie dürfen das Fenster schließen: Der Auftrag läuft im Hintergrund weiter, und Ferrite endet danach. Lassen Sie den Computer an und das Kabel stecken.'
        : `Sie dürfen das Fenster schließen: Die ${jobs} Aufträge laufen im Hintergrund weiter, und Ferrite endet nach dem letzten. Lassen Sie den Computer an und die Kabel stecken.`,
    sealed: (device) =>
      `${device} wird gerade verändert. Sie dürfen das Fenster schließen: Das geht im Hintergrund weiter. Lassen Sie den Computer an und das Kabel stecken, bis es beendet ist.`,
  },
  ended: {
    backup: (device) => `Das Backup von ${device} liegt im Tresor.`,
    restore: (device) => `Die Wiederherstellung auf ${device} ist beendet. Lesen Sie, was dabei herauskam.`,
    verify: (subject) => `Das Archiv von ${subject} ist unverändert und lässt sich öffnen.`,
    import: (file) => `${file} liegt im Tresor.`,
    procedure: (device) => `${device}: die geführte Wiederherstellung wartet auf Sie oder ist zu Ende.`,
    bridge: (device) => `Die System-Apps von ${device} wurden geändert.`,
    extract: (subject) => `Dateien aus ${subject} wurden entnommen.`,
    failed: (job, subject) => `${job} (${subject}) ist fehlgeschlagen.`,
    unclear: (job, subject) => `${job} (${subject}): Was daraus wurde, ist nicht bekannt.`,
    many: (done, failed) =>
      failed === '0'
        ? `${done} Aufträge sind gut beendet.`
        : `${done} Aufträge sind gut beendet, ${failed} fehlgeschlagen.`,
  },
  takenOut: (files, folder, isOne) =>
    isOne ? `Die Datei liegt jetzt in ${folder}.` : `${files} Dateien liegen jetzt in ${folder}.`,
  skipped: (count, isOne) =>
    isOne
      ? 'Ein Eintrag wurde nicht entnommen: eine Verknüpfung, ein Gerät oder ein Name, der doppelt oder nicht sicher ist.'
      : `${count} Einträge wurden nicht entnommen: Verknüpfungen, Geräte oder Namen, die doppelt oder nicht sicher sind.`,
  renamed: (count, isOne) => (isOne ? 'Eine heißt jetzt anders.' : `${count} heißen jetzt anders.`),
  details: 'Einzelheiten',
}
