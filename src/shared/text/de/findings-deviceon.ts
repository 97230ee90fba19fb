import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'

const archive = ({ archiveValue }: Finding): string => archiveValue?.value ?? 'unbekannt'
const device = ({ deviceValue }: Finding): string => deviceValue?.value ?? 'unbekannt'
const of = ({ facts }: Finding, name: string): string => facts[name] ?? '?'
const short = (hash: string): string => (/^[0-9a-f]{64}$/.test(hash) ? `${hash.slice(0, 12)}…` : hash)
const schedules: Readonly<Record<string, string>> = { daily: 'täglich', monthly: 'monatlich' }

/** Deutsche Titel und Abhilfen der DeviceOn-Regeln, nach `rule.reason`. */
export const deviceOnFindings = {
  'D1.equal': (finding) => ({ title: `Beide sind DeviceOn ${device(finding)}.`, remedy: '' }),
  'D1.differs': (finding) => ({
    title: `Das Archiv ist von DeviceOn ${archive(finding)}, auf dem Server läuft ${device(finding)}: DeviceOn stellt nur auf derselben Version wieder her.`,
    remedy: `DeviceOn ${archive(finding)} auf dem Server installieren, wiederherstellen und danach aktualisieren. Für den Umzug auf eine andere Version stattdessen Server Migration (ab 4.4.2) verwenden.`,
  }),
  'D1.archive-unknown': (finding) => ({
    title: `Welche DeviceOn-Version das Archiv gemacht hat, ist nicht bekannt; auf dem Server läuft ${device(finding)}.`,
    remedy: 'Die Version der Quelle angeben: Wer sie betrieben hat, weiß es, oder ihr Portal zeigt es.',
  }),
  'D1.device-unknown': (finding) => ({
    title: `Das Archiv ist von DeviceOn ${archive(finding)}; die Version des Servers ist nicht bekannt.`,
    remedy:
      'Das Konto des Portals angeben, damit Ferrite sie lesen kann, oder die Version des Servers angeben.',
  }),
  'D2.not-used': () => ({ title: 'Das Archiv ist an kein TPM gebunden.', remedy: '' }),
  'D2.same': (finding) => ({
    title: `Das Archiv ist an ein TPM gebunden, und der Server hat genau dieses (${short(device(finding))}).`,
    remedy: '',
  }),
  'D2.other': (finding) => ({
    title: `Das Archiv ist an das TPM von ${of(finding, 'machine')} gebunden (${short(archive(finding))}); dieser Server hat ein anderes (${short(device(finding))}).`,
    remedy: `Auf ${of(finding, 'machine')} selbst wiederherstellen. Auf anderer Hardware helfen nur eine neue Installation oder ein Archiv ohne TPM-Verschlüsselung.`,
  }),
  'D2.use-unknown': () => ({
    title: 'Ob die Quelle mit TPM-Verschlüsselung installiert wurde, ist nicht bekannt.',
    remedy:
      'Das angeben: Es wurde einmal, im Installationsprogramm, gewählt. Mit TPM-Verschlüsselung passt das Archiv nur auf die Maschine, die es gemacht hat.',
  }),
  'D2.archive-unknown': (finding) => ({
    title: `Das Archiv ist an ein TPM gebunden, aber an welches, ist nicht bekannt; der Server hat ${short(device(finding))}.`,
    remedy:
      'Die TPM-Identität der Quelle angeben oder ein neues Backup mit diesem Programm holen, das sie festhält.',
  }),
  'D2.device-unknown': (finding) => ({
    title: `Das Archiv ist an das TPM ${short(archive(finding))} gebunden; das des Servers ist nicht bekannt.`,
    remedy:
      'Den Server mit Administratorrechten auslesen oder seine TPM-Identität angeben (SHA-256 des Endorsement Key).',
  }),
  'D4.not-contained': () => ({
    title: 'Sensordaten (MongoDB) sind nie in einem solchen Archiv: Ihre Historie wird fehlen.',
    remedy: 'Vor dem Zurücksetzen des Servers getrennt exportieren, im Portal mit Data Export.',
  }),
  'D7.as-made': (finding) => ({
    title: `Die Datei heißt so, wie DeviceOn sie genannt hat: ${archive(finding)}.`,
    remedy: '',
  }),
  'D7.renamed': (finding) => ({
    title: `Die Datei heißt ${archive(finding)}, nicht so, wie DeviceOn seine Backups nennt.`,
    remedy: 'Prüfen, woher sie kommt. Auf dem Server bekommt sie wieder den üblichen Namen.',
  }),
  'D8.windows': () => ({ title: 'Auf beiden Servern läuft Windows.', remedy: '' }),
  'D8.linux': () => ({
    title:
      'Auf beiden Servern läuft Linux; Advantech beschreibt das Wiederherstellungsprogramm nur für Windows.',
    remedy: 'Vorher bei Advantech nach dem Vorgehen für Linux fragen; das Programm wird von Hand gestartet.',
  }),
  'D8.differs': (finding) => ({
    title: `Das Archiv ist von ${system(archive(finding))}, auf dem Server läuft ${system(device(finding))}: Eine Wiederherstellung vom einen auf das andere ist nirgends beschrieben.`,
    remedy:
      'Einen Server mit demselben System wählen, oder bei Advantech fragen und deren Antwort als Grund angeben.',
  }),
  'D8.archive-unknown': (finding) => ({
    title: `Das Betriebssystem der Quelle ist nicht bekannt; auf dem Server läuft ${system(device(finding))}.`,
    remedy: 'Angeben, ob auf der Quelle Windows oder Linux lief.',
  }),
  'D8.device-unknown': (finding) => ({
    title: `Das Archiv ist von ${system(archive(finding))}; das Betriebssystem des Servers ist nicht bekannt.`,
    remedy: 'Die Identität des Servers lesen oder es angeben.',
  }),
  'D9.equal': (finding) => ({
    title: `Agenten finden den Server wie bisher unter ${device(finding)}.`,
    remedy: '',
  }),
  'D9.differs': (finding) => ({
    title: `Das Archiv ist von einem Server unter ${archive(finding)}, dieser ist unter ${device(finding)}: Agenten bleiben weg.`,
    remedy:
      'Nach der Wiederherstellung die Adresse mit Server Configuration setzen (unter Linux in Server_Config.xml) oder diesem Server die alte Adresse geben.',
  }),
  'D9.archive-unknown': (finding) => ({
    title: `Unter welcher Adresse Agenten die Quelle fanden, ist nicht bekannt; dieser Server ist unter ${device(finding)}.`,
    remedy: 'Die Adresse der Quelle angeben; dann ist klar, ob die Agenten umgestellt werden müssen.',
  }),
  'D9.device-unknown': (finding) => ({
    title: `Die Quelle war unter ${archive(finding)}; unter welcher Adresse Agenten diesen Server finden, ist nicht bekannt.`,
    remedy: 'Die Adresse des Servers angeben.',
  }),
  'D10.equal': (finding) => ({
    title: `Der Netzwerkadapter der Lizenz ist derselbe (${device(finding)}).`,
    remedy: '',
  }),
  'D10.differs': (finding) => ({
    title: `Die Lizenz ist an den Netzwerkadapter ${archive(finding)} gebunden; dieser Server hat ${device(finding)}.`,
    remedy: 'Die Lizenz für den Anforderungscode, den dieser Server zeigt, neu ausstellen lassen.',
  }),
  'D10.archive-unknown': (finding) => ({
    title: `An welchen Netzwerkadapter die Lizenz der Quelle gebunden ist, ist nicht bekannt; dieser Server hat ${device(finding)}.`,
    remedy:
      'Die MAC-Adresse angeben, die bei der Installation der Quelle gewählt wurde, oder mit einer neuen Lizenz rechnen.',
  }),
  'D10.device-unknown': (finding) => ({
    title: `Die Lizenz ist an den Netzwerkadapter ${archive(finding)} gebunden; welcher auf diesem Server zählt, ist nicht bekannt.`,
    remedy: 'Die MAC-Adresse angeben: Bei mehreren Adaptern weiß es nur, wer den Server installiert hat.',
  }),
  'D11.known': (finding) => ({ title: `DeviceOn ${archive(finding)} hat System Backup.`, remedy: '' }),
  'D11.too-old': (finding) => ({
    title: `Die Quelle soll DeviceOn ${archive(finding)} sein, aber System Backup gibt es erst seit 5.2.4.`,
    remedy:
      'Die Version prüfen. Für ältere Server Server Migration verwenden oder die Quelle erst aktualisieren.',
  }),
  'D11.archive-unknown': () => ({
    title: 'Ob die Quelle System Backup hatte (ab 5.2.4), ist nicht bekannt.',
    remedy: 'Die Version der Quelle angeben.',
  }),
  'D12.no-upgrade': () => ({
    title: 'Der Server braucht für dieses Archiv keine Aktualisierung.',
    remedy: '',
  }),
  'D12.upgrade': (finding) => ({
    title: `Der Weg von ${device(finding)} zu ${archive(finding)} führt über ${of(finding, 'route')}, eines nach dem anderen.`,
    remedy:
      'In dieser Reihenfolge aktualisieren. Agenten vor 1.4.50 können sich nicht mit 5.3.12 verbinden: diese zuerst aktualisieren.',
  }),
  'D12.archive-unknown': () => ({
    title: 'Ob eine Aktualisierung nötig ist, ist nicht bekannt: Die Version der Quelle fehlt.',
    remedy: 'Die Version der Quelle angeben.',
  }),
  'D12.device-unknown': () => ({
    title: 'Ob eine Aktualisierung nötig ist, ist nicht bekannt: Die Version des Servers fehlt.',
    remedy: 'Die Version des Servers angeben.',
  }),
  'D13.kept': (finding) => ({
    title: `Das neueste Backup ist ${of(finding, 'days')} Tage alt, wie es der Zeitplan (${schedule(finding)}) vorsieht.`,
    remedy: '',
  }),
  'D13.late': (finding) => ({
    title: `Das neueste Backup ist ${of(finding, 'days')} Tage alt (${of(finding, 'newest')}), älter als der Zeitplan (${schedule(finding)}) erlaubt.`,
    remedy:
      'System Settings > System Backup und den Ablageordner ansehen: Ist er voll oder die Sicherung abgeschaltet?',
  }),
  'D13.schedule-unknown': () => ({
    title: 'Wie oft der Server Backups macht, ist nicht bekannt; ein fehlendes fällt so nicht auf.',
    remedy: 'Den Zeitplan von System Backup für den Server angeben: täglich oder monatlich.',
  }),
  'D13.device-unknown': () => ({
    title: 'Wie alt das neueste Backup ist, lässt sich erst beurteilen, wenn der Server gelesen wurde.',
    remedy: 'Die Identität des Servers lesen.',
  }),
} satisfies FindingTexts

function schedule(finding: Finding): string {
  const name = of(finding, 'schedule')
  return schedules[name] ?? name
}

function system(os: string): string {
  return os === 'windows' ? 'Windows' : os === 'linux' ? 'Linux' : os
}
