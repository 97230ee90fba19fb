import type { nodeRedPlan as english } from '../en/plan-node-red.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

/** Deutsche Worte für den Node-RED-Teil eines Plans und seines Berichts. */
export const nodeRedPlan: typeof english = {
  step: {
    'read-revision': () =>
      'Den Stand der Flows auf derselben Verbindung lesen: Übernimmt inzwischen jemand anderes, wird diese Wiederherstellung abgelehnt',
    deploy: (facts) =>
      facts['mode'] === 'replace'
        ? `Die Flows aus ${of(facts, 'file')} anstelle aller Flows des Ziels übernehmen`
        : `Die Flows aus ${of(facts, 'file')} zusammen mit den übrigen Flows des Ziels übernehmen`,
    'read-back-flows': () => 'Die Flows zurücklesen und Node für Node mit dem Archiv vergleichen',
    'check-node-types': () => 'Nachsehen, ob jeder Node-Typ installiert ist, den die Flows verwenden',
  },
  sideEffect: {
    'flows-restart': () =>
      'Alle Flows halten an und starten neu: Was sie steuern, steht einen Moment still. Die Maschine muss in einem sicheren Zustand sein.',
    'other-flows-go': () => 'Flows und Nodes des Ziels, die nicht im Archiv sind, werden gelöscht.',
    'other-flows-stay': () =>
      'Flows und Nodes des Ziels, die nicht im Archiv sind, bleiben. Nodes mit gleicher Kennung werden überschrieben.',
    'credentials-of-removed-go': () =>
      'Node-RED löscht die Zugangsdaten von Nodes, die verschwinden. Sie sind in keinem Backup, auch nicht im Sicherungs-Backup.',
    'context-stays': () => 'Kontextdaten des Ziels bleiben, wie sie sind.',
  },
  remark: {
    'credentials-to-enter': () =>
      'Sehen Sie die Nodes mit Anmeldungen durch: Zugangsdaten sind in keinem Backup. Die von Nodes, die es vorher nicht gab, müssen im Editor eingegeben werden.',
    'flows-not-started': (facts) =>
      `Node-RED hat die Flows und startet keinen davon, weil Node-Typen fehlen: ${of(facts, 'types')}. Installieren Sie die Module, die sie mitbringen.`,
    'types-not-compared': () =>
      'Die Anmeldung darf die Nodes des Ziels nicht lesen; ob jeder Node-Typ installiert ist, ist nicht bekannt.',
    'never-deployed': () => 'Node-RED hat die Flows nie übernommen.',
    'login-refused-after-deploy': (facts) =>
      `Das Ziel lehnt die Anmeldung von „${of(facts, 'user')}“ ab. Sehen Sie sich die Flows im Editor an.`,
  },
}
