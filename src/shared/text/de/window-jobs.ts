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
  showDevice: 'Gerät zeigen',
  took: (duration) => `dauerte ${duration}`,
  after: (duration) => `nach ${duration}`,
  closing: {
    nothing: 'Es läuft nichts. Sie dürfen das Fenster schließen.',
    cancellable: (jobs) =>
      jobs === '1'
        ? 'Wenn Sie das Fenster schließen, wird dieser Auftrag abgebrochen. Kein Gerät wird gerade verändert, und kein halbes Archiv bleibt zurück.'
        : `Wenn Sie das Fenster schließen, werden diese ${jobs} Aufträge abgebrochen. Kein Gerät wird gerade verändert, und kein halbes Archiv bleibt zurück.`,
    sealed: (device) =>
      `${device} wird gerade verändert. Sie dürfen das Fenster schließen: Ferrite macht im Hintergrund weiter, bis das beendet ist. Starten Sie es danach neu, um den Bericht zu lesen.`,
  },
  ended: {
    backup: (device) => `Das Backup von ${device} liegt im Tresor.`,
    restore: (device) => `Die Wiederherstellung auf ${device} ist beendet. Lesen Sie, was dabei herauskam.`,
    verify: (subject) => `Das Archiv von ${subject} ist unverändert und lässt sich öffnen.`,
    import: (file) => `${file} liegt im Tresor.`,
    failed: (job, subject) => `${job} (${subject}) ist fehlgeschlagen.`,
    many: (done, failed) =>
      failed === '0'
        ? `${done} Aufträge sind gut beendet.`
        : `${done} Aufträge sind gut beendet, ${failed} fehlgeschlagen.`,
  },
  details: 'Einzelheiten',
}
