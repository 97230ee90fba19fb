/* eslint max-lines: ["error", 400] -- a table with one row for each failure code; split it and the compiler could no longer prove it complete */
import { formatSize } from '../format.ts'
import type { failures as english } from '../en/failures.ts'
import type { Phase } from '../../model/progress.ts'
import { restoreFailures } from './failures-restore.ts'
import { words } from './words.ts'

const untouched = 'Am Gerät wurde nichts verändert.'
const kept = 'Nichts Halbfertiges wurde behalten; vorhandene Archive sind unverändert.'
const notOpened = 'Die Datei bleibt genau, wie sie ist; es wurde nichts daraus entnommen.'
const size = (bytes: number): string => formatSize(bytes, 'de')
/** Die Wörter für die Phase eines Auftrags; die Schritte der Übertragung heißen, wie sie heißen. */
const during = (phase: string): string =>
  Object.hasOwn(words.phase, phase) ? words.phase[phase as Phase] : phase

const parserEnds = {
  ended: 'Der Prozess, der Archive liest, ist zu Ende gegangen',
  frozen: 'Der Prozess, der Archive liest, antwortete nicht mehr und wurde beendet',
  memory: 'Das Lesen brauchte zu viel Speicher und wurde beendet',
  silent: 'Das Lesen kam nicht weiter und wurde beendet',
  answer: 'Der Prozess, der Archive liest, gab eine unmögliche Antwort und wurde beendet',
  fault: 'Beim Lesen geschah etwas, das Ferrite nicht vorhergesehen hat',
} as const
/** A newer version may know other ends; its own word is better than none. */
const endOf = (reason: string): string =>
  Object.hasOwn(parserEnds, reason) ? parserEnds[reason as keyof typeof parserEnds] : reason

/** Deutsche Sätze, einer für jeden Fehlercode. */
export const failures: typeof english = {
  unexpected: ({ incident }) => ({
    cause: `Etwas ist schiefgegangen, womit Ferrite nicht gerechnet hat (Vorfall ${incident}).`,
    safe: '',
    next: `Suchen Sie ${incident} im Protokoll und melden Sie den Vorfall. Versuchen Sie es dann noch einmal.`,
  }),
  cancelled: ({ phase }) => ({
    cause: `Abgebrochen (${during(phase)}).`,
    safe: kept,
    next: 'Starten Sie neu, wenn Sie so weit sind.',
  }),
  'bad-input': ({ field, reason }) => ({
    cause: `Der Wert für „${field}“ ist nicht verwendbar (${reason}).`,
    safe: 'Nichts wurde verändert.',
    next: `Berichtigen Sie „${field}“ und versuchen Sie es noch einmal.`,
  }),
  'not-found': ({ kind, id }) => ({
    cause: `„${id}“ gibt es nicht (${kind}).`,
    safe: 'Nichts wurde verändert.',
    next: 'Prüfen Sie den Namen; die Liste zeigt, was da ist.',
  }),
  'ambiguous-id': ({ kind, id, matches }) => ({
    cause: `„${id}“ passt auf ${String(matches)} Einträge (${kind}).`,
    safe: 'Nichts wurde verändert.',
    next: 'Geben Sie mehr vom Namen an.',
  }),
  'name-taken': ({ name }) => ({
    cause: `Ein Gerät mit dem Namen „${name}“ gibt es schon.`,
    safe: 'Nichts wurde verändert.',
    next: 'Wählen Sie einen anderen Namen: mit ihm bestätigen Sie eine Wiederherstellung.',
  }),
  'request-refused': ({ reason }) => ({
    cause: `Das Fenster hat etwas verlangt, das nicht erlaubt ist (${reason}).`,
    safe: 'Nichts wurde getan.',
    next: 'Starten Sie Ferrite neu. Melden Sie es, wenn es wieder geschieht.',
  }),
  'device-busy': ({ device, job }) => ({
    cause: `${device} ist mit einem anderen Auftrag beschäftigt (${job}).`,
    safe: untouched,
    next: 'Warten Sie, bis er endet, oder brechen Sie ihn ab.',
  }),
  'device-unreachable': ({ address, reason }) => ({
    cause: `${address} ist nicht erreichbar (${reason}).`,
    safe: untouched,
    next: 'Prüfen Sie Kabel, Strom und Adresse und versuchen Sie es noch einmal.',
  }),
  'device-silent': ({ address, phase, seconds }) => ({
    cause: `${address} hat ${String(seconds)} Sekunden lang nicht geantwortet (${during(phase)}).`,
    safe: '',
    next: 'Prüfen Sie das Kabel und ob das Gerät läuft, und versuchen Sie es noch einmal.',
  }),
  'connection-lost': ({ address, phase, bytesDone }) => ({
    cause: `Die Verbindung zu ${address} ist abgerissen (${during(phase)}, nach ${size(bytesDone)}).`,
    safe: kept,
    next: 'Prüfen Sie das Kabel und starten Sie neu.',
  }),
  'login-refused': ({ address, user }) => ({
    cause: `${address} hat die Anmeldung von „${user}“ abgelehnt.`,
    safe: untouched,
    next: 'Prüfen Sie Benutzer und Passwort. Mehrere falsche Versuche können das Konto für eine Weile sperren.',
  }),
  'sessions-exhausted': ({ address, user }) => ({
    cause: `${address} hat keine freie Sitzung für „${user}“: zu viele Sitzungen sind offen.`,
    safe: untouched,
    next: 'Melden Sie andere Sitzungen dieses Benutzers am Gerät ab oder warten Sie, bis sie ablaufen.',
  }),
  'rights-missing': ({ address, user, right }) => ({
    cause: `„${user}“ darf das auf ${address} nicht: das Recht „${right}“ fehlt.`,
    safe: untouched,
    next: 'Verwenden Sie eine Anmeldung, die dieses Recht hat.',
  }),
  'credentials-needed': ({ device }) => ({
    cause: `Ferrite hat kein Passwort und keinen Schlüssel für ${device}.`,
    safe: untouched,
    next: 'Geben Sie das Passwort ein oder nennen Sie eine Schlüsseldatei.',
  }),
  'pin-unknown': ({ address, pinKind, offered }) => ({
    cause: `${address} zeigt ${pinKind === 'ssh' ? 'einen Host-Schlüssel, den' : 'ein Zertifikat, das'} noch niemand angenommen hat: ${offered}`,
    safe: 'Es wurden weder Benutzer noch Passwort gesendet.',
    next: 'Vergleichen Sie diesen Fingerabdruck mit dem, den das Gerät selbst zeigt, und nehmen Sie ihn dann an.',
  }),
  'pin-changed': ({ address, pinKind, pinned, offered }) => ({
    cause: `${pinKind === 'ssh' ? 'Der Host-Schlüssel' : 'Das Zertifikat'} von ${address} hat sich geändert. Angenommen: ${pinned}. Jetzt: ${offered}`,
    safe: 'Es wurden weder Benutzer noch Passwort gesendet.',
    next: 'Klären Sie zuerst, warum. Nur wenn das Gerät getauscht oder zurückgesetzt wurde, nehmen Sie den neuen Fingerabdruck an.',
  }),
  'weak-crypto': ({ address, detail }) => ({
    cause: `${address} bietet nur Verschlüsselung, die nicht mehr sicher ist (${detail}).`,
    safe: 'Es wurde kein Passwort gesendet.',
    next: 'Aktualisieren Sie die Software des Geräts.',
  }),
  'wrong-family': ({ address, family, detail }) => ({
    cause: `Was unter ${address} antwortet, ist kein Gerät der Art ${family} (${detail}).`,
    safe: untouched,
    next: 'Prüfen Sie die Adresse oder wählen Sie eine andere Geräteart.',
  }),
  'shell-not-supported': ({ address, shell }) => ({
    cause: `${address} führt aus, was über SSH kommt, in ${shell}, und Ferrite spricht dort die Eingabeaufforderung.`,
    safe: untouched,
    next: 'Setzen Sie auf dem Server DefaultShell unter HKEY_LOCAL_MACHINE\\SOFTWARE\\OpenSSH auf C:\\Windows\\System32\\cmd.exe, oder entfernen Sie den Wert.',
  }),
  'unexpected-answer': ({ address, request, detail }) => ({
    cause: `${address} hat ${request} mit etwas beantwortet, das seine Schnittstelle nicht erlaubt (${detail}).`,
    safe: kept,
    next: 'Prüfen Sie, ob es das richtige Gerät ist und ob seine Version unterstützt wird.',
  }),
  'redirect-refused': ({ address, location }) => ({
    cause: `${address} wollte Ferrite woandershin schicken (${location}). Ferrite folgt nicht.`,
    safe: 'An den anderen Ort wurde kein Passwort gesendet.',
    next: 'Prüfen Sie die Adresse des Geräts.',
  }),
  'length-mismatch': ({ what, announcedBytes, receivedBytes }) => ({
    cause: `${what}: ${size(announcedBytes)} waren angekündigt, ${size(receivedBytes)} kamen.`,
    safe: kept,
    next: 'Starten Sie neu. Geschieht es wieder, prüfen Sie das Netz.',
  }),
  'device-refused': ({ address, request, status, detail, diagnosis }) => ({
    cause: `${address} hat ${request} abgelehnt (Status ${String(status)}): ${detail}${diagnosis === '' ? '' : ` [${diagnosis}]`}`,
    safe: '',
    next: 'Schlagen Sie die Diagnose am Gerät nach, beheben Sie sie und versuchen Sie es noch einmal.',
  }),
  'device-task-failed': ({ address, task, detail }) => ({
    cause: `${address} konnte „${task}“ nicht beenden: ${detail}`,
    safe: kept,
    next: 'Sehen Sie die Diagnose am Gerät an, beheben Sie sie und versuchen Sie es noch einmal.',
  }),
  'device-task-stalled': ({ address, task, seconds }) => ({
    cause: `„${task}“ auf ${address} kommt seit ${String(seconds)} Sekunden nicht voran.`,
    safe: kept,
    next: 'Sehen Sie nach dem Gerät. Starten Sie neu, wenn es wieder ruhig ist.',
  }),
  'device-no-room': ({ address, neededBytes, freeBytes }) => ({
    cause: `${address} hat zu wenig freien Platz: ${size(neededBytes)} nötig, ${size(freeBytes)} frei.`,
    safe: untouched,
    next: 'Schaffen Sie Platz auf dem Gerät und versuchen Sie es noch einmal.',
  }),
  'upload-damaged': ({ address, expectedSha256, actualSha256 }) => ({
    cause: `Die Kopie auf ${address} ist nicht das Archiv. SHA-256 des Archivs: ${expectedSha256}, der Kopie: ${actualSha256}.`,
    safe: untouched,
    next: 'Starten Sie neu. Geschieht es wieder, prüfen Sie den Datenträger des Geräts.',
  }),
  'device-full': ({ address, detail }) => ({
    cause: `${address} meldet, dass kein Platz mehr frei ist: ${detail}`,
    safe: kept,
    next: 'Schaffen Sie Platz auf dem Gerät (alte Dateien und archivierte Konfigurationen löschen) und versuchen Sie es noch einmal.',
  }),
  'device-tool-missing': ({ address, tool }) => ({
    cause: `${address} hat kein „${tool}“, das dieser Auftrag braucht.`,
    safe: untouched,
    next: `Installieren Sie „${tool}“ auf dem Gerät.`,
  }),
  'device-command-failed': ({ address, command, exitCode, detail }) => ({
    cause: `„${command}“ auf ${address} endete mit Code ${String(exitCode)}: ${detail}`,
    safe: '',
    next: 'Beheben Sie am Gerät, was die Meldung sagt, und versuchen Sie es noch einmal.',
  }),
  'device-state': ({ address, state, needed }) => ({
    cause: `${address} ist im Zustand ${state}; nötig ist ${needed}.`,
    safe: untouched,
    next: `Bringen Sie das Gerät nach ${needed} und versuchen Sie es noch einmal.`,
  }),
  'disk-full': ({ place, neededBytes, freeBytes }) => ({
    cause: `In ${place} ist kein Platz mehr: ${size(neededBytes)} nötig, ${size(freeBytes)} frei.`,
    safe: kept,
    next: 'Schaffen Sie Platz oder wählen Sie einen anderen Ort für den Tresor und starten Sie neu.',
  }),
  'storage-unwritable': ({ place, reason }) => ({
    cause: `${place} lässt sich nicht beschreiben (${reason}).`,
    safe: kept,
    next: 'Prüfen Sie die Rechte des Ordners und ob der Datenträger verbunden ist.',
  }),
  'storage-damaged': ({ file, reason }) => ({
    cause: `Die Datei ${file} ist beschädigt (${reason}).`,
    safe: 'Sie bleibt genau, wie sie ist.',
    next: 'Legen Sie eine gute Kopie zurück oder schieben Sie die Datei weg, um leer zu beginnen.',
  }),
  'storage-newer': ({ file, format, known }) => ({
    cause: `Die Datei ${file} stammt von einem neueren Ferrite (Format ${String(format)}, dieses kennt ${String(known)}).`,
    safe: 'Sie bleibt genau, wie sie ist.',
    next: 'Verwenden Sie das neuere Ferrite.',
  }),
  'vault-gone': ({ place }) => ({
    cause: `Der Tresor ${place} ist nicht mehr da.`,
    safe: 'An seiner Stelle wurde kein neuer angelegt.',
    next: 'Verbinden Sie den Datenträger oder das Netzlaufwerk und versuchen Sie es noch einmal.',
  }),
  'file-unreadable': ({ file, reason }) => ({
    cause: `Die Datei ${file} lässt sich nicht lesen (${reason}).`,
    safe: 'Nichts wurde verändert.',
    next: 'Prüfen Sie den Pfad und die Rechte der Datei.',
  }),
  'target-not-empty': ({ folder }) => ({
    cause: `Der Ordner ${folder} ist nicht leer.`,
    safe: 'Es wurde nichts geschrieben.',
    next: 'Wählen Sie einen leeren oder neuen Ordner, damit nichts überschrieben wird.',
  }),
  'drag-too-large': ({ limitBytes }) => ({
    cause: `Das ist mehr, als sich aus dem Fenster ziehen lässt (${size(limitBytes)}).`,
    safe: 'Es wurde nichts entnommen.',
    next: 'Entnehmen Sie es in einen Ordner; ein Archiv lässt sich exportieren.',
  }),
  'target-exists': ({ file }) => ({
    cause: `Die Datei ${file} gibt es schon.`,
    safe: 'Sie wurde nicht überschrieben.',
    next: 'Wählen Sie einen anderen Namen.',
  }),
  'archive-changed': ({ archive, expectedSha256, actualSha256 }) => ({
    cause: `${archive} ist nicht mehr, was abgelegt wurde. SHA-256 vermerkt: ${expectedSha256}, jetzt: ${actualSha256}.`,
    safe: 'Es wurde nicht verwendet und nicht verändert.',
    next: 'Nehmen Sie eine andere Kopie dieses Archivs oder machen Sie ein neues Backup.',
  }),
  'archive-not-recognised': ({ archive, looksLike }) => ({
    cause: `${archive} ist kein zip-, tar- oder tar.gz-Archiv und kein JSON-Dokument; es sieht aus wie: ${looksLike}.`,
    safe: notOpened,
    next: 'Holen Sie die Datei noch einmal von dort, wo sie entstand.',
  }),
  'archive-opaque': ({ archive }) => ({
    cause: `Ferrite kann nicht in ${archive} hineinsehen: Nur ein Server der Art, die diese Datei gemacht hat, liest sie.`,
    safe: 'Die Datei liegt Byte für Byte so da, wie sie entstand.',
    next: 'Dass sie unverändert ist, zeigt ihre Prüfsumme (prüfen); was darin ist, eine Wiederherstellung auf einem Ersatzserver.',
  }),
  'archive-truncated': ({ archive, detail }) => ({
    cause: `${archive} endet zu früh (${detail}).`,
    safe: notOpened,
    next: 'Holen Sie die Datei noch einmal von dort, wo sie entstand.',
  }),
  'archive-structure': ({ archive, detail }) => ({
    cause: `Der Aufbau von ${archive} ist beschädigt (${detail}).`,
    safe: notOpened,
    next: 'Holen Sie die Datei noch einmal von dort, wo sie entstand.',
  }),
  'archive-ambiguous': ({ archive, detail }) => ({
    cause: `${archive} lässt sich auf mehr als eine Art lesen (${detail}); ein Gerät könnte anderes einspielen, als hier zu sehen ist.`,
    safe: notOpened,
    next: 'Machen Sie ein neues Backup. Vertrauen Sie dieser Datei nicht.',
  }),
  'archive-path': ({ archive, entry }) => ({
    cause: `${archive} enthält einen Namen, der aus dem eigenen Ordner hinauszeigt: ${entry}`,
    safe: notOpened,
    next: 'Vertrauen Sie dieser Datei nicht. Klären Sie, woher sie kommt.',
  }),
  'archive-name': ({ archive, entry }) => ({
    cause: `${archive} enthält einen unzulässigen Namen: ${entry}`,
    safe: notOpened,
    next: 'Vertrauen Sie dieser Datei nicht. Klären Sie, woher sie kommt.',
  }),
  'archive-overlap': ({ archive, entry }) => ({
    cause: `Einträge von ${archive} liegen übereinander (${entry}), wie in einer Datei, die schaden soll.`,
    safe: notOpened,
    next: 'Vertrauen Sie dieser Datei nicht. Klären Sie, woher sie kommt.',
  }),
  'archive-bomb': ({ archive, entry, ratio }) => ({
    cause: `${entry} in ${archive} würde auf das ${String(ratio)}-Fache anwachsen, wie in einer Datei, die schaden soll.`,
    safe: notOpened,
    next: 'Vertrauen Sie dieser Datei nicht. Klären Sie, woher sie kommt.',
  }),
  'archive-too-many': ({ archive, entries, limit }) => ({
    cause: `${archive} hat ${String(entries)} Einträge; Ferrite öffnet bis zu ${String(limit)}.`,
    safe: notOpened,
    next: 'Teilen Sie das Backup am Gerät auf.',
  }),
  'archive-crc': ({ archive, entry }) => ({
    cause: `${entry} in ${archive} ist beschädigt: die Prüfsumme stimmt nicht.`,
    safe: 'Der beschädigte Inhalt wurde nicht verwendet.',
    next: 'Verwenden Sie eine andere Kopie dieses Archivs.',
  }),
  'archive-size-lie': ({ archive, entry, declaredBytes }) => ({
    cause: `${entry} in ${archive} ist nicht so lang, wie das Archiv sagt (${size(declaredBytes)}).`,
    safe: 'Der Inhalt wurde nicht verwendet.',
    next: 'Vertrauen Sie dieser Datei nicht. Verwenden Sie eine andere Kopie.',
  }),
  'archive-method': ({ archive, entry, method }) => ({
    cause: `${entry} in ${archive} ist mit Verfahren ${String(method)} gepackt, das Ferrite nicht liest.`,
    safe: 'Es wurde nichts entnommen.',
    next: 'Entpacken Sie es mit dem Werkzeug, das es gemacht hat.',
  }),
  'archive-password': ({ archive, entry }) => ({
    cause: `${entry} in ${archive} ist verschlüsselt, und das Passwort fehlt oder ist falsch.`,
    safe: 'Es wurde nichts entnommen.',
    next: 'Geben Sie das Passwort ein, das für dieses Backup gesetzt wurde.',
  }),
  'not-comparable': ({ what, side }) => ({
    cause:
      side === 'device'
        ? `${what} gibt seine Einstellungen nicht aus; es gibt nichts, womit verglichen werden könnte.`
        : `Das Archiv ${what} enthält keine Einstellungen, die sich mit einem Gerät vergleichen lassen.`,
    safe: 'Es wurde nur gelesen und nichts verändert.',
    next:
      side === 'device'
        ? 'Machen Sie ein Backup des Geräts und vergleichen Sie die beiden Archive.'
        : 'Vergleichen Sie dieses Archiv mit einem anderen Archiv.',
  }),
  'archive-foreign': ({ archive, family, detail }) => ({
    cause: `${archive} ist kein Backup der Art ${family} (${detail}).`,
    safe: notOpened,
    next: 'Wählen Sie die Geräteart, die diese Datei gemacht hat.',
  }),
  'archive-nested-too-deep': ({ archive, entry, limit }) => ({
    cause: `${entry} in ${archive} liegt tiefer als ${String(limit)} Archive ineinander.`,
    safe: 'Es wurde nicht geöffnet.',
    next: 'Entnehmen Sie das Archiv darum herum und importieren Sie dieses.',
  }),
  'archive-nested-too-large': ({ archive, entry, limitBytes }) => ({
    cause: `${entry} in ${archive} ist zu groß, um an seinem Ort geöffnet zu werden (mehr als ${size(limitBytes)} ausgepackt).`,
    safe: 'Es wurde nicht geöffnet.',
    next: 'Entnehmen Sie es und importieren Sie es als eigene Datei.',
  }),
  'parser-died': ({ archive, reason }) => ({
    cause: `${archive} konnte nicht gelesen werden: ${endOf(reason)}.`,
    safe: 'Die Datei selbst wurde nicht angerührt.',
    next: 'Versuchen Sie es noch einmal. Geschieht es wieder, ist die Datei beschädigt oder dafür gemacht: Verwenden Sie sie nicht.',
  }),
  'entry-refused': ({ archive, entry, reason }) => ({
    cause: `${entry} in ${archive} wird nicht entnommen: ${reason}.`,
    safe: 'Dafür wurde nichts geschrieben.',
    next: 'Sehen Sie es sich stattdessen in Ferrite an.',
  }),
  'keychain-unavailable': ({ backend }) => ({
    cause: `Dieser Rechner bietet keinen sicheren Schlüsselbund (${backend}); Ferrite speichert daher kein Passwort.`,
    safe: 'Es wurde nichts gespeichert.',
    next: 'Geben Sie das Passwort jedes Mal ein oder starten Sie den Schlüsselbund-Dienst (GNOME Keyring, KWallet).',
  }),
  'secret-unreadable': ({ device }) => ({
    cause: `Das gespeicherte Passwort von ${device} lässt sich mit diesem Schlüsselbund nicht lesen.`,
    safe: 'Es bleibt, wie es ist.',
    next: 'Geben Sie das Passwort noch einmal ein.',
  }),
  ...restoreFailures,
}
