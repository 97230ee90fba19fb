import type { WindowProceduresText } from '../en/window-procedures.ts'

/** Deutsche Wörter der Ansicht mit den geführten Wiederherstellungen. */
export const windowProcedures: WindowProceduresText = {
  title: 'Schritt für Schritt',
  subtitle: 'Geführte Wiederherstellungen, die Sie und Ferrite gemeinsam machen.',
  loading: 'Geführte Wiederherstellungen werden gelesen',
  list: 'Geführte Wiederherstellungen',
  widthOfList: 'Breite der Liste',
  empty:
    'Noch keine geführte Wiederherstellung. Manche Systeme lassen sich nur auf ihrer eigenen Webseite wiederherstellen: Wählen Sie ihr Archiv und „Wiederherstellen“, und Ferrite geht es mit Ihnen durch.',
  toArchives: 'Zu den Archiven',
  choose: 'Wählen Sie eine geführte Wiederherstellung, um ihre Schritte zu sehen.',
  open: 'Im Gange',
  ended: 'Beendet',
  since: (age) => `begonnen ${age}`,
  damaged: (id) =>
    `Die Datei von ${id} ist nicht lesbar. Das Gerät kann halb verändert sein: Sehen Sie dort nach.`,
  to: (device) => `Wiederherstellung auf ${device}`,
  archive: 'Archiv',
  progress: (done, all) => `${String(done)} von ${String(all)} Schritten getan`,
  steps: 'Schritte',
  stepOf: (number, all) => `Schritt ${String(number)} von ${String(all)}`,
  by: (who, time) => `${who}, ${time}`,
  ferrite: 'Ferrite',
  note: (text) => `„${text}“`,
  aids: {
    'open-address': 'Adresse öffnen',
    'copy-path': 'Pfad kopieren',
    'copy-key': 'Schlüssel kopieren',
    'copy-text': 'Text kopieren',
    'show-file': 'Datei zeigen',
    'move-device': 'Andere Adresse…',
  },
  copyAddress: 'Adresse kopieren',
  given: {
    copied: 'Es ist in der Zwischenablage.',
    opened: 'Es wurde in Ihrem Browser geöffnet.',
    shown: 'Es wird in seinem Ordner gezeigt.',
    nothing: 'Zu diesem Schritt gibt es nichts.',
  },
  noteNeeded: 'Was Sie gesehen haben',
  noteNeededHint:
    'Bleibt beim Schritt und im Bericht: eine Version, der Name eines Snapshots. Mindestens 3 Zeichen.',
  noteOptional: 'Notiz',
  optional: 'freiwillig',
  done: 'Das ist getan',
  run: 'Weiter',
  runHint: 'Ferrite macht diesen Schritt selbst und zeigt hier, was es gefunden hat.',
  runChangesHint:
    'Ferrite macht diesen Schritt selbst: Es liest die Identität des Geräts noch einmal und verändert es dann. Von da an lässt er sich nicht mehr abbrechen.',
  retry: 'Noch einmal versuchen',
  report: 'Bericht schreiben',
  reportHint: 'Alle Schritte sind getan.',
  unclear: {
    title: 'Es ist nicht bekannt, was aus diesem Schritt wurde',
    known: 'Was bekannt ist',
    knownText:
      'Die Änderung wurde einmal an das Gerät geschickt, und es kam keine Antwort. Ferrite schickt sie nicht noch einmal, denn zweimal könnte schlimmer sein als einmal.',
    look: 'Wo nachzusehen ist',
    lookText: (device) =>
      `Gehen Sie zu ${device} oder öffnen Sie seine Seite. Hält es den Stand des Archivs, seinen früheren Stand oder etwas dazwischen?`,
    write: 'Was aufzuschreiben ist',
    found: 'Was Sie gefunden haben',
    foundHint: 'Zum Beispiel die Version und was die Seite zeigt. Es bleibt im Bericht.',
    wasDone: 'Es war getan: weiter',
    notDone:
      'War es nicht getan oder ist es nicht zu erkennen, beenden Sie diese Wiederherstellung unten mit dem Grund.',
  },
  abandon: {
    title: 'Diese Wiederherstellung vor ihrem letzten Schritt beenden',
    untouched: (device) => `An ${device} wurde noch nichts verändert: Es behält seinen früheren Stand.`,
    changed: (device) =>
      `${device} kann schon verändert sein. Der Bericht wird sagen, dass sein Stand nicht bekannt ist und wo nachzusehen ist.`,
    reason: 'Warum?',
    reasonHint: 'Bleibt im Bericht und im Verlauf. Mindestens 3 Zeichen.',
    button: 'Diese Wiederherstellung beenden',
  },
  waiting: (count) =>
    count === 1
      ? '1 geführte Wiederherstellung wartet auf Sie'
      : `${String(count)} geführte Wiederherstellungen warten auf Sie`,
  wizard: {
    title: 'Dies ist eine geführte Wiederherstellung',
    sentence: (device, steps, yours) =>
      `${device} lässt sich nur gemeinsam mit einem Menschen wiederherstellen. Es sind ${String(steps)} Schritte; ${String(yours)} davon sind Ihre. Sie können nach jedem aufhören und später weitermachen, auch nach Tagen.`,
    ready: 'Bereithalten',
    readyLogin: 'den Zugang zur Webseite oder zur Konsole des Geräts',
    readyWayBack: 'das Recht, einen Snapshot der Maschine zu machen, oder einen anderen Weg zurück',
    readyPlace: 'jemanden, der sagen darf, wann das System außer Betrieb sein darf',
    start: (device) => `Geführte Wiederherstellung von ${device} beginnen`,
    whole: 'Ein solches System nimmt ein Archiv nur als Ganzes.',
    tool: 'Ferrite das Wiederherstellungswerkzeug starten lassen',
    toolHint:
      'Ferrite startet das Werkzeug des Herstellers einmal auf dem Server, gibt ihm den Pfad und wartet auf sein Wort, dass es gelungen ist. Sonst starten Sie es selbst am Server, und Ferrite gibt Ihnen den Pfad.',
    snapshot: 'Zuerst einen Snapshot der Maschine machen',
    snapshotHint: (device) =>
      `${device} lässt sich von außen nicht sichern. Sie machen einen Snapshot und schreiben seinen Namen auf; vorher beginnt kein Schritt, der das System verändert.`,
    wayBack:
      'Dieses System lässt sich von außen nicht sichern. Einer der ersten Schritte bittet Sie, einen Snapshot der Maschine zu machen und seinen Namen aufzuschreiben: Das ist der Weg zurück, und vorher beginnt kein Schritt, der das System verändert.',
  },
}
