import type { Finding } from '../../model/finding.ts'
import type { nodeRedFindings as english } from '../en/findings-node-red.ts'
import type { FindingTexts } from '../finding-text.ts'

const of = ({ facts }: Finding, name: string): string => facts[name] ?? '?'

/** Deutsche Titel und Abhilfen der Node-RED-Regeln, nach `rule.reason`. */
export const nodeRedFindings: Readonly<Record<keyof typeof english, FindingTexts[string]>> = {
  'P2a.installed': () => ({ title: 'Alle Node-Typen der Flows sind auf dem Ziel installiert.', remedy: '' }),
  'P2a.module-missing': (finding) => ({
    title: `Node-Typen der Flows fehlen auf dem Ziel: ${of(finding, 'types')}. Node-RED nähme die Flows an und startete keinen davon.`,
    remedy: `Installieren oder aktivieren Sie auf dem Ziel zuerst diese Module: ${of(finding, 'modules')}.`,
  }),
  'P2a.missing': (finding) => ({
    title: `Node-Typen der Flows fehlen auf dem Ziel: ${of(finding, 'types')}. Node-RED nähme die Flows an und startete keinen davon.`,
    remedy:
      'Finden Sie heraus, welche Module diese Node-Typen mitbringen, und installieren Sie sie zuerst auf dem Ziel. Backups, die Ferrite macht, vermerken sie.',
  }),
  'P2a.archive-unknown': () => ({
    title: 'Welche Node-Typen die Flows verwenden, ist nicht bekannt.',
    remedy: 'Öffnen Sie das Archiv einmal; eine Wiederherstellung tut das von selbst zuerst.',
  }),
  'P2a.device-unknown': () => ({
    title: 'Welche Node-Typen auf dem Ziel installiert sind, ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels mit einer Anmeldung, die seine Nodes lesen darf.',
  }),
  'P2b.kept-elsewhere': () => ({
    title:
      'Zugangsdaten der Nodes sind nicht im Archiv: Node-RED bewahrt sie in einer eigenen Datei auf, verschlüsselt mit einem Geheimnis der Instanz.',
    remedy:
      'Geben Sie sie nach der Wiederherstellung im Editor neu ein, oder bringen Sie die Datei der Quelle (flows_cred.json) samt ihrem credentialSecret mit.',
  }),
  'P2c.equal': ({ deviceValue }) => ({
    title: `Beide haben Node-RED ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'P2c.newer': ({ archiveValue, deviceValue }) => ({
    title: `Die Flows stammen aus Node-RED ${archiveValue?.value ?? '?'}, das Ziel hat die neuere Version ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'P2c.older': ({ archiveValue, deviceValue }) => ({
    title: `Die Flows stammen aus Node-RED ${archiveValue?.value ?? '?'}, das Ziel hat die ältere Version ${deviceValue?.value ?? '?'}: Nodes haben vielleicht Einstellungen, die es nicht kennt.`,
    remedy: 'Bringen Sie das Ziel zuerst auf die Version der Quelle, oder sehen Sie die Flows danach durch.',
  }),
  'P2c.archive-unknown': () => ({
    title: 'Aus welcher Version von Node-RED die Flows stammen, ist nicht bekannt.',
    remedy: 'Vergleichen Sie die Versionen selbst; Backups, die Ferrite macht, vermerken sie.',
  }),
  'P2c.device-unknown': () => ({
    title: 'Welche Version von Node-RED das Ziel hat, ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels.',
  }),
  'P2d.may-deploy': () => ({ title: 'Die Anmeldung darf Flows übernehmen.', remedy: '' }),
  'P2d.right-missing': ({ deviceValue }) => ({
    title: `Die Anmeldung darf keine Flows übernehmen (ihre Rechte: ${deviceValue?.value ?? '?'}).`,
    remedy:
      'Melden Sie sich mit einem Benutzer an, dessen Rechte in settings.js „*“ sind oder „flows.write“ enthalten.',
  }),
  'P2d.rights-unknown': () => ({
    title: 'Ob die Anmeldung Flows übernehmen darf, ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels mit der Anmeldung, die wiederherstellen wird.',
  }),
}
