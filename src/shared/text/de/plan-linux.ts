import type { linuxPlan as english } from '../en/plan-linux.ts'
import { keptList } from '../kept-list.ts'
import { choices } from './choices.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const keptIn = (facts: Facts): string => keptList(facts['kept'] ?? '', choices)

/** Deutsche Worte für den Linux-Teil eines Plans und seines Berichts. */
export const linuxPlan: typeof english = {
  step: {
    'leave-out-kept-paths': (facts) => `Beim Entpacken auslassen, was auf dem Gerät bleibt: ${keptIn(facts)}`,
    upload: (facts) =>
      `${of(facts, 'file')} in einen eigenen Ordner unter ${of(facts, 'folder')} auf dem Gerät kopieren`,
    'check-upload': () =>
      'Das Gerät die SHA-256 der Kopie berechnen und sie auflisten lassen, bevor etwas geändert wird',
    apply: (facts) =>
      facts['parts'] === ''
        ? `Das Archiv unter ${of(facts, 'root')} auspacken`
        : `Unter ${of(facts, 'root')} auspacken: ${of(facts, 'parts')}`,
    'restart-services': (facts) => `Die Dienste ${of(facts, 'services')} neu starten`,
    'read-back-files': (facts) =>
      `Alles aus ${of(facts, 'root')} zurücklesen und Datei für Datei mit dem Archiv vergleichen`,
  },
  sideEffect: {
    'overwrites-files': () => 'Dateien, die im Archiv sind, werden samt Besitzern und Rechten überschrieben.',
    'keeps-other-files': () => 'Dateien, die nicht im Archiv sind, bleiben, wie sie sind.',
    'services-restarted': () => 'Dienste werden neu gestartet: was sie steuern, steht für einen Moment.',
    'services-not-restarted': () =>
      'Kein Dienst wird neu gestartet: laufende Programme behalten, was sie geladen haben, bis sie neu gestartet werden.',
    'users-from-archive': () =>
      'Benutzer und Kennwörter kommen aus dem Archiv: Ihre Anmeldung ist danach vielleicht eine andere.',
    'host-identity-from-archive': () =>
      'Rechnername, Maschinenkennung, Netzwerkeinstellungen und SSH-Schlüssel kommen aus dem Archiv: nach dem nächsten Start antwortet das Gerät vielleicht unter einer anderen Adresse und zeigt einen anderen Schlüssel.',
    'owners-not-restored': () =>
      'Die Anmeldung ist nicht der Systemverwalter: die Dateien werden der Anmeldung gehören, und manche lassen sich nicht schreiben.',
    'attributes-not-compared': () =>
      'Zugriffslisten und erweiterte Attribute kommen zurück, wo beide Rechner sie führen, werden aber nicht verglichen.',
  },
  remark: {
    'kept-paths': (facts) =>
      `Auf dem Gerät geblieben, zurückgelesen und mit dem Sicherheits-Backup verglichen: ${keptIn(facts)}.`,
    'kept-paths-differ': (facts) =>
      `Bleiben sollte: ${keptIn(facts)}. Nicht alles davon ist wie im Sicherheits-Backup. Sehen Sie die Unterschiede und das Gerät an.`,
    'kept-paths-not-compared': (facts) =>
      `Bleiben sollte: ${keptIn(facts)}. Ohne Sicherheits-Backup ließ es sich mit nichts vergleichen. Sehen Sie nach dem Gerät.`,
    'service-restarted': (facts) => `Der Dienst ${of(facts, 'service')} wurde neu gestartet und läuft.`,
    'service-not-active': (facts) =>
      `Der Dienst ${of(facts, 'service')} wurde neu gestartet und ist ${of(facts, 'state')}. Sehen Sie am Gerät nach.`,
    'service-not-restarted': (facts) =>
      `Der Dienst ${of(facts, 'service')} ließ sich nicht neu starten: ${of(facts, 'detail')}`,
    'services-changed-files': () =>
      'Die Dienste wurden vor dem Zurücklesen neu gestartet: Dateien, die sie selbst schreiben, weichen ab.',
    'other-files-kept': (facts) =>
      `${of(facts, 'count')} Dateien oder Ordner, die das Archiv nicht enthält, wurden behalten.`,
    'may-differ': (facts) =>
      `${of(facts, 'count')} Dateien weichen ab, wo das erwartet wurde (${of(facts, 'paths')}).`,
    'apply-still-running': (facts) =>
      `Das Gerät packt nach ${of(facts, 'minutes')} Minuten noch immer aus. Sehen Sie am Gerät nach.`,
    'staging-left': (facts) =>
      `Die Kopie des Archivs ließ sich nicht vom Gerät entfernen: löschen Sie dort ${of(facts, 'folder')}.`,
    'login-refused': (facts) =>
      `Das Gerät weist die Anmeldung von „${of(facts, 'user')}“ ab. Die Wiederherstellung hat vielleicht andere Benutzer und Kennwörter zurückgebracht: melden Sie sich mit denen der Quelle des Archivs an und sehen Sie am Gerät nach.`,
    'host-key-changed': (facts) =>
      `Das Gerät zeigt jetzt einen anderen Schlüssel (${of(facts, 'offered')}). Vergleichen Sie ihn mit dem am Gerät, nehmen Sie ihn an und sehen Sie am Gerät nach.`,
    'device-not-back': (facts) =>
      `Das Gerät hat ${of(facts, 'minutes')} Minuten lang nicht geantwortet. Gehen Sie zum Gerät; vielleicht startet es neu, ist aus oder unter einer anderen Adresse zu finden.`,
    'read-back-failed': (facts) => `Das Gerät ließ sich nicht zurücklesen: ${of(facts, 'detail')}`,
    'read-back-differs': (facts) =>
      `Was zurückgelesen wurde, ist nicht der Inhalt des Archivs (${of(facts, 'count')} Abweichungen). Sehen Sie am Gerät nach.`,
  },
}
