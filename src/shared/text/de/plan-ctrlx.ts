import type { ctrlxPlan as english } from '../en/plan-ctrlx.ts'
import { keptList } from '../kept-list.ts'
import { choices } from './choices.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const keptIn = (facts: Facts): string => keptList(facts['kept'] ?? '', choices)

/** Deutsche Worte für den ctrlX-Teil eines Plans und seines Berichts. */
export const ctrlxPlan: typeof english = {
  step: {
    'leave-out-kept': (facts) =>
      `Eine Kopie des Archivs machen ohne das, was auf dem Gerät bleibt: ${keptIn(facts)}`,
    'upload-and-apply': (facts) =>
      facts['mode'] === 'replace'
        ? `${of(facts, 'file')} an das Gerät senden; es wendet die Datei sofort an und setzt zurück, was sie nicht enthält`
        : facts['mode'] === 'whole'
          ? `${of(facts, 'file')} an das Gerät senden; es wendet die Datei sofort und als Ganzes an`
          : `${of(facts, 'file')} an das Gerät senden; es wendet die Datei sofort an und behält, was sie nicht enthält`,
    'uninstall-missing-apps': (facts) =>
      `Das Gerät deinstalliert die Apps, die das Archiv nicht nennt: ${of(facts, 'apps')}`,
    'follow-task': () => 'Dem Auftrag des Geräts bis zum Ende folgen',
    'wait-reboot': () => 'Warten, während das Gerät neu startet, möglicherweise mehrmals',
    'read-protocol': () => 'Das Protokoll des Geräts lesen: Fertig heißt nicht fehlerfrei',
    'read-back': () => 'Identität, Apps und Einstellungen zurücklesen und mit dem Archiv vergleichen',
    'restore-state': (facts) =>
      facts['state'] === undefined
        ? 'Das Gerät in seinen früheren Betriebszustand zurückbringen'
        : `Das Gerät in seinen früheren Betriebszustand ${facts['state']} zurückbringen`,
  },
  sideEffect: {
    'goes-to-service': () =>
      'Das Gerät geht in SERVICE: Seine Steuerungsaufgaben stehen still. Die Maschine muss in einem sicheren Zustand sein.',
    'may-reboot': () => 'Das Gerät startet möglicherweise neu, auch mehrmals.',
    'address-may-change': () =>
      'Netzwerkeinstellungen und Hostname kommen aus dem Archiv: Das Gerät antwortet danach vielleicht unter einer anderen Adresse.',
    'users-may-change': () =>
      'Benutzer, Passwörter und Rechte kommen aus dem Archiv: Ihre Anmeldung ist danach vielleicht eine andere.',
    'uninstalls-missing-apps': () =>
      'Apps, die das Archiv nicht nennt, werden samt ihren Daten deinstalliert.',
    'licences-stay': () => 'Lizenzen sind nicht im Archiv; die des Ziels bleiben, wie sie sind.',
    'own-certificates-only-same-device': () =>
      'Eigene Zertifikate und Schlüssel kommen nur auf dem Gerät zurück, auf dem sie entstanden sind.',
  },
  remark: {
    'state-brought-back': (facts) =>
      `Das Gerät stand nach der Wiederherstellung in ${of(facts, 'from')} und wurde zurück nach ${of(facts, 'to')} gebracht.`,
    'stays-in-service': (facts) =>
      `Das Gerät bleibt in ${of(facts, 'state')}; vorher war es in ${of(facts, 'former')}. Sehen Sie nach der Maschine und schalten Sie es dann selbst um.`,
    'state-not-read': (facts) =>
      `Der Betriebszustand ließ sich nach der Wiederherstellung nicht lesen; vorher war er ${of(facts, 'former')}. Sehen Sie nach dem Gerät.`,
    'login-refused': (facts) =>
      `Das Gerät lehnt die Anmeldung von „${of(facts, 'user')}“ ab. Vielleicht hat die Wiederherstellung andere Benutzer und Passwörter zurückgebracht: Melden Sie sich mit denen der Quelle des Archivs an und sehen Sie nach dem Gerät.`,
    'certificate-changed': (facts) =>
      `Das Gerät zeigt jetzt ein anderes Zertifikat (${of(facts, 'offered')}). Vergleichen Sie es mit dem am Gerät, nehmen Sie es an und sehen Sie nach dem Gerät.`,
    'device-not-back': (facts) =>
      `Das Gerät hat ${of(facts, 'minutes')} Minuten lang nicht geantwortet. Gehen Sie zum Gerät; vielleicht startet es neu, ist aus oder hat eine andere Adresse.`,
    'address-may-have-changed': () =>
      'Das Archiv enthält Netzwerkeinstellungen: Suchen Sie das Gerät unter der Adresse der Quelle des Archivs.',
    'task-lost': () =>
      'Das Gerät kennt seinen Wiederherstellungsauftrag nicht mehr, und sein Verlauf nennt kein Ende. Sehen Sie nach dem Gerät.',
    'task-stalled': (facts) =>
      `Der Wiederherstellungsauftrag des Geräts kam ${of(facts, 'minutes')} Minuten lang nicht voran. Sehen Sie nach dem Gerät.`,
    'task-failed': (facts) =>
      `Das Gerät hat die Wiederherstellung mit einem Fehler beendet: ${of(facts, 'detail')}`,
    'never-begun': () => 'Das Gerät hat die Wiederherstellung nie begonnen.',
    'rights-changed': (facts) =>
      `Die Anmeldung darf nicht mehr lesen, was aus der Wiederherstellung wurde (${of(facts, 'right')}). Melden Sie sich mit vollem Zugriff an und sehen Sie nach dem Gerät.`,
    'read-back-failed': (facts) => `Das Gerät ließ sich nicht zurücklesen: ${of(facts, 'detail')}`,
    'read-back-differs': (facts) =>
      `Was zurückgelesen wurde, ist nicht, was das Archiv enthält (${of(facts, 'count')} Unterschiede). Sehen Sie nach dem Gerät.`,
    'nothing-to-compare': () =>
      'Das Gerät nennt die Wiederherstellung fertig, aber das Archiv sagt nicht, was es enthält; es ließ sich nichts vergleichen. Sehen Sie nach dem Gerät.',
    'app-data-not-compared': () =>
      'Die Daten der Apps (Programme, Konfigurationen) lassen sich von außen nicht vergleichen: Prüfen Sie, ob die Maschine tut, was sie soll.',
    'kept-elements': (facts) =>
      `Auf dem Gerät geblieben, zurückgelesen und verglichen: ${keptIn(facts)}. Die gesendete Datei enthält das nicht; ihr SHA-256 ist ${of(facts, 'sha256')}.`,
    'kept-differs': (facts) =>
      `Bleiben sollte: ${keptIn(facts)}. Nicht alles davon ist wie vorher. Sehen Sie die Unterschiede und das Gerät an.`,
    'kept-not-compared': (facts) =>
      `Bleiben sollte: ${keptIn(facts)}. Dieses Gerät nennt seine Einstellungen nicht; sehen Sie selbst nach. Der SHA-256 der gesendeten Datei ist ${of(facts, 'sha256')}.`,
    'settings-not-compared': () =>
      'Dieses Gerät nennt seine Einstellungen nicht; verglichen wurden nur Identität und Apps.',
  },
}
