import { formatSize } from '../format.ts'
import type { restoreFailures as english } from '../en/failures-restore.ts'

const untouched = 'Am Gerät wurde nichts verändert.'
const kept = 'Nichts Halbfertiges wurde behalten; vorhandene Archive sind unverändert.'

/** Deutsche Sätze zu Wiederherstellungen, Prozeduren und anderswo gemachten Backups; ein Teil der einen Fehlertabelle. */
export const restoreFailures: typeof english = {
  'restore-blocked': ({ device, verdict, rules }) => ({
    cause: `Das Archiv passt nicht auf ${device} (${verdict}: ${rules}).`,
    safe: untouched,
    next: 'Jeder Befund sagt, was zu ändern ist, damit das Archiv passt.',
  }),
  'confirmation-wrong': ({ expected }) => ({
    cause: `Der eingegebene Name ist nicht „${expected}“.`,
    safe: untouched,
    next: `Geben Sie genau „${expected}“ ein, wenn Sie dieses Gerät meinen.`,
  }),
  'confirmation-missing': ({ reason }) => ({
    cause: `Die Wiederherstellung wurde nicht bestätigt (${reason}).`,
    safe: untouched,
    next: 'Sehen Sie den Plan an und bestätigen Sie ihn.',
  }),
  'plan-stale': ({ reason, expected, actual }) => ({
    cause: `Der Plan gilt nicht mehr: ${reason} war „${expected}“ und ist jetzt „${actual}“.`,
    safe: untouched,
    next: 'Prüfen Sie noch einmal und sehen Sie den neuen Plan an.',
  }),
  'wrong-device': ({ expected, actual }) => ({
    cause: `Unter dieser Adresse antwortet ein anderes Gerät. Erwartet: ${expected}, gefunden: ${actual}.`,
    safe: untouched,
    next: 'Prüfen Sie Kabel und Adresse. Machen Sie erst weiter, wenn klar ist, welches Gerät das ist.',
  }),
  'safety-backup-failed': ({ device, reason }) => ({
    cause: `Das Sicherheits-Backup von ${device} ist nicht gelungen (${reason}); die Wiederherstellung wurde nicht begonnen.`,
    safe: untouched,
    next: 'Beheben Sie die Ursache und starten Sie neu.',
  }),
  'password-needed': ({ archive }) => ({
    cause: `${archive} wurde mit einem Passwort gemacht, das das Gerät zum Wiederherstellen braucht.`,
    safe: untouched,
    next: 'Geben Sie das Passwort ein, das für dieses Backup gesetzt wurde.',
  }),
  'outcome-unknown': ({ device, detail }) => ({
    cause: `Noch kann niemand sagen, ob ${device} den alten oder den neuen Stand hat (${detail}).`,
    safe: 'Die Änderung wurde einmal gesendet und wird nicht noch einmal gesendet.',
    next: 'Gehen Sie zum Gerät und sehen Sie nach seinem Zustand. Das Sicherheits-Backup liegt im Tresor.',
  }),
  'no-bridge': ({ device, archive }) => ({
    cause: `Kein Wechsel von System-Apps würde ${archive} auf ${device} passen lassen.`,
    safe: untouched,
    next: 'Prüfen Sie noch einmal: Entweder passt das Paar inzwischen, oder die Befunde nennen ein anderes Ziel.',
  }),
  'app-files-unfit': ({ device, missing, unfit }) => ({
    cause: [
      `Die Dateien enthalten nicht, was ${device} braucht.`,
      ...(missing === '' ? [] : [`Es fehlt: ${missing}.`]),
      ...(unfit === '' ? [] : [`Nicht brauchbar: ${unfit}.`]),
    ].join(' '),
    safe: untouched,
    next: 'Wählen Sie für jede App genau eine Datei, in der genannten Version und für den genannten Prozessor.',
  }),
  'apps-incomplete': ({ device, done, failed, running, ahead, reason, state, safety }) => ({
    cause: `Auf ${device} läuft ${failed} nicht nachweislich; es läuft ${running} (${reason}).`,
    safe: [
      done === '' ? 'Davor wurde keine App geändert.' : `Erledigt und in Betrieb: ${done}.`,
      ...(ahead === '' ? [] : [`Nicht begonnen: ${ahead}.`]),
      ...(state === '' ? [] : [`Das Gerät bleibt im Betriebszustand ${state}.`]),
    ].join(' '),
    next: `Sehen Sie nach dem Gerät und machen Sie dann den Plan neu, um weiterzumachen: Was schon läuft, wird nicht noch einmal gesendet. Zurück geht es auf demselben Weg mit den früheren Versionen${safety === '' ? '' : ` und mit dem Sicherheits-Backup ${safety}`}.`,
  }),
  'not-for-drills': ({ device }) => ({
    cause: `${device} ist in Produktion, und Proben gibt es nur auf Ersatz- und Übungsgeräten.`,
    safe: untouched,
    next: 'Wählen Sie ein anderes Gerät, oder sagen Sie zuerst, dass dieses Ersatz oder zum Üben da ist.',
  }),
  'way-back-missing': ({ device }) => ({
    cause: `Für ${device} gibt es noch keinen Rückweg; der verändernde Schritt beginnt deshalb nicht.`,
    safe: untouched,
    next: 'Machen Sie zuerst das Sicherheits-Backup oder den Snapshot und bestätigen Sie ihn, oder beginnen Sie neu und begründen Sie den Verzicht.',
  }),
  'step-not-current': ({ step, current }) => ({
    cause: `Der Schritt „${step}“ ist nicht an der Reihe: die Prozedur steht bei „${current}“.`,
    safe: untouched,
    next: 'Sehen Sie die Prozedur an und machen Sie den Schritt, der ansteht.',
  }),
  'step-needs-note': ({ step }) => ({
    cause: `Zum Schritt „${step}“ wird festgehalten, was Sie vorgefunden haben; es wurde nichts notiert.`,
    safe: untouched,
    next: 'Notieren Sie, was Sie gesehen haben, zum Beispiel den Namen des Snapshots oder die Version, und bestätigen Sie noch einmal.',
  }),
  'step-not-proven': ({ step, detail }) => ({
    cause: `Der Schritt „${step}“ ließ sich nicht nachweisen: ${detail}.`,
    safe: '',
    next: 'Sehen Sie nach dem Gerät und danach, was es gemeldet hat; versuchen Sie den Schritt dann noch einmal.',
  }),
  'nothing-new': ({ device, newest }) => ({
    cause:
      newest === ''
        ? `${device} hat keine Backup-Datei zum Abholen.`
        : `Alle Backups von ${device} liegen schon im Tresor; das neueste ist ${newest}.`,
    safe: 'Nichts wurde verändert.',
    next: 'Prüfen Sie am Gerät, ob das geplante Backup eingeschaltet ist und gelaufen ist.',
  }),
  'backup-by-hand': ({ device }) => ({
    cause: `${device} gibt seine Backups nur über die eigene Webseite heraus.`,
    safe: untouched,
    next: 'Machen Sie das Backup dort, speichern Sie Datei und Schlüssel und importieren Sie die Datei für dieses Gerät.',
  }),
  'backups-incomplete': ({ device, stored, waiting, reason }) => ({
    cause: `Von den Backups, die auf ${device} warten, sind jetzt ${stored} gespeichert und ${waiting} nicht (${reason}).`,
    safe: 'Was gespeichert ist, ist vollständig und bleibt. Auf dem Gerät wurde nichts geändert.',
    next: 'Starten Sie die Sicherung noch einmal: Sie macht mit denen weiter, die fehlen. Eine Datei, die auf dem Gerät beschädigt ist, bleibt es: Sehen Sie dort nach.',
  }),
  'file-still-growing': ({ file, sizeBytes }) => ({
    cause: `${file} wird noch geschrieben (bisher ${formatSize(sizeBytes, 'de')}).`,
    safe: kept,
    next: 'Warten Sie, bis das Gerät die Datei fertig hat, und versuchen Sie es noch einmal.',
  }),
}
