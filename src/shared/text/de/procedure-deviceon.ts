import { formatSize } from '../format.ts'
import type { ProcedureTexts } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string =>
  facts[name] === undefined || facts[name] === '' ? 'unbekannt' : facts[name]

const size = (facts: Facts, name: string): string => formatSize(Number(of(facts, name)), 'de')

/** Deutsche Wörter für die Schritte einer Wiederherstellung eines DeviceOn-Servers. */
export const deviceOnProcedure = {
  step: {
    baseline: (facts) => ({
      title: `${of(facts, 'device')} in den Auslieferungszustand bringen`,
      detail: `Auf dem Server „Reset to Default“ aus den Werkzeugen von DeviceOn ausführen, oder DeviceOn deinstallieren und Version ${of(facts, 'version')} mit denselben Angaben (TPM, Adapter der Lizenz, Konto) neu installieren. Das löscht, was der Server jetzt hält: vorher in sein Sicherheits-Backup sehen. Notieren, was von beidem getan wurde.`,
      done: 'Der Server ist im Auslieferungszustand',
    }),
    'check-room': (facts) => ({
      title: 'Platz auf dem Server prüfen',
      detail: `Ferrite fragt den Server, wie viel dort frei ist, wo ${of(facts, 'folder')} liegen wird.`,
    }),
    upload: (facts) => ({
      title: 'Archiv auf den Server kopieren',
      detail: `Ferrite kopiert ${of(facts, 'file')} nach ${of(facts, 'path')}. An DeviceOn selbst ändert sich nichts.`,
    }),
    'compare-hash': (facts) => ({
      title: 'Kopie mit dem Archiv vergleichen',
      detail: `Der Server selbst berechnet die SHA-256 von ${of(facts, 'path')}; sie muss ${of(facts, 'sha256')} sein.`,
    }),
    'run-tool': (facts) => ({
      title: 'Wiederherstellungsprogramm ausführen',
      detail: `Ferrite liest die Identität noch einmal, startet ${of(facts, 'tool')}, gibt den Pfad ein, wenn danach gefragt wird, und wartet auf „Restore successfully“. Es wird einmal gestartet; ohne diesen Text gilt es nicht als gelungen.`,
    }),
    'run-tool-by-hand': (facts) => ({
      title: `Wiederherstellungsprogramm auf ${of(facts, 'device')} ausführen`,
      detail: `Auf dem Server ${facts['tool'] === '' ? 'das Programm, das Advantech für Linux nennt,' : of(facts, 'tool')} doppelt anklicken, auf die Frage nach dem Pfad ${of(facts, 'path')} eingeben und Enter drücken. Nur „Restore successfully“ zählt. Ohne diesen Text den Server nicht in Betrieb nehmen: Server Diagnostic ausführen und log.zip aufheben. Die letzte Zeile notieren, die zu sehen war.`,
      done: 'Es meldete „Restore successfully“',
    }),
    'read-version': (facts) => ({
      title: 'Version noch einmal lesen',
      detail: `Ferrite wartet auf das Portal und fragt nach der Version, die ${of(facts, 'version')} sein muss. Die Konten kamen aus dem Archiv; vielleicht lässt das Portal Ferrite nicht hinein. Dann wird in den nächsten Schritten selbst nachgesehen.`,
    }),
    address: (facts) => ({
      title: 'Adresse des Servers setzen',
      detail: `Das Archiv ist von einem Server unter ${of(facts, 'source')}; dieser ist unter ${of(facts, 'target')}. Die Adresse in Server Configuration setzen (unter Linux in Server_Config.xml, danach deviceon-portal neu starten), sonst bleiben die Agenten weg. Notieren, welche Adresse jetzt gesetzt ist.`,
    }),
    licence: (facts) => ({
      title: 'Lizenz neu ausstellen lassen',
      detail: `Die Lizenz gehört zum Netzwerkadapter ${of(facts, 'source')}; dieser Server hat ${of(facts, 'target')}. Den Anforderungscode des Servers einsenden und die neue Lizenz eintragen. Notieren, was die Lizenzseite zeigt.`,
    }),
    'look-at-portal': (facts) => ({
      title: 'Das wiederhergestellte Portal ansehen',
      detail: `Am Portal von ${of(facts, 'device')} mit einem Konto des Archivs anmelden. Geräte, Gruppen und Einstellungen mit der Quelle vergleichen, und die Version mit ${of(facts, 'version')}. Notieren, was verglichen wurde. Ist es nicht der Stand des Archivs, nicht bestätigen: den Vorgang mit dem Grund beenden.`,
      done: 'Es ist der Stand des Archivs',
    }),
    agents: () => ({
      title: 'Warten, bis die Agenten online sind',
      detail:
        'Die Geräteliste ansehen: Agenten kommen innerhalb von Minuten von selbst zurück. Wer wegbleibt, braucht die neue Adresse oder eine Aktualisierung (1.4.50 oder neuer für DeviceOn 5.3.12).',
    }),
    'remove-upload': (facts) => ({
      title: 'Kopie vom Server entfernen',
      detail: `Ferrite entfernt ${of(facts, 'folder')}. Das Archiv bleibt im Tresor.`,
    }),
  },
  evidence: {
    'room-enough': (facts) =>
      `Auf dem Server sind ${size(facts, 'freeBytes')} frei; ${size(facts, 'neededBytes')} werden gebraucht.`,
    'room-unknown': () => 'Der Server hat nicht gesagt, wie viel Platz er hat.',
    uploaded: (facts) =>
      `Die Kopie (${size(facts, 'bytes')}) liegt auf dem Server unter ${of(facts, 'path')}.`,
    'hash-equal': (facts) => `Der Server hat ${of(facts, 'sha256')} berechnet, die SHA-256 des Archivs.`,
    'tool-succeeded': (facts) =>
      `Das Wiederherstellungsprogramm meldete „${of(facts, 'text')}“ und endete mit ${facts['exitCode'] === '' ? 'keinem Code, der zu sehen war' : `Code ${of(facts, 'exitCode')}`}.`,
    'version-read': (facts) => `Das Portal antwortet und nennt Version ${of(facts, 'version')}.`,
    'version-not-read': (facts) => `Die Version konnte nicht noch einmal gelesen werden: ${reason(facts)}.`,
    'upload-removed': (facts) => `${of(facts, 'folder')} ist vom Server entfernt.`,
    'upload-gone': (facts) => `${of(facts, 'folder')} war nicht mehr auf dem Server.`,
  },
} satisfies ProcedureTexts

function reason(facts: Facts): string {
  switch (facts['reason']) {
    case 'not-asked':
      return 'Es ist kein Konto des Portals angegeben'
    case 'silent':
      return 'Das Portal hat nicht geantwortet'
    case 'refused':
      return 'Das Portal lässt dieses Konto mit Name und Passwort nicht hinein'
    default:
      return 'Die Antwort des Portals war nicht zu verstehen'
  }
}
