import type { Finding } from '../../model/finding.ts'
import type { ctrlxFindings as english } from '../en/findings-ctrlx.ts'

const named = (
  finding: Finding,
  model: 'archiveModel' | 'deviceModel',
  value: string | undefined,
): string => {
  const name = finding.facts[model] ?? ''
  return name === '' ? (value ?? '?') : `${name} (${value ?? '?'})`
}
const apps = ({ facts }: Finding): string => facts['apps'] ?? '?'

/** Deutsche Titel und Abhilfen der ctrlX-Regeln. */
export const ctrlxFindings: typeof english = {
  'C1.equal': ({ deviceValue }) => ({
    title: `Beide haben die Prozessorarchitektur ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'C1.differs': (finding) => ({
    title: `Das Archiv stammt von einer ${named(finding, 'archiveModel', finding.archiveValue?.value)}, das Ziel ist eine ${named(finding, 'deviceModel', finding.deviceValue?.value)}: Die Prozessorarchitekturen sind verschieden.`,
    remedy:
      'Wählen Sie ein Ziel mit derselben Architektur. X7 und virtual sind untereinander austauschbar, X3 nur mit X3.',
  }),
  'C1.archive-unknown': () => ({
    title: 'Die Prozessorarchitektur der Quelle ist nicht bekannt.',
    remedy: 'Machen Sie ein neues Backup der Quelle, damit ihr Modell festgehalten wird.',
  }),
  'C1.device-unknown': () => ({
    title: 'Die Prozessorarchitektur des Ziels ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels.',
  }),
  'C2.equal': ({ deviceValue }) => ({
    title: `Beide haben die Systemversion ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'C2.differs': ({ archiveValue, deviceValue }) => ({
    title: `Das Archiv entstand mit Systemversion ${archiveValue?.value ?? '?'}, das Ziel hat ${deviceValue?.value ?? '?'}.`,
    remedy: `Bringen Sie die System-Apps des Ziels von ${deviceValue?.value ?? '?'} auf die Version ${archiveValue?.value ?? '?'} des Backups und prüfen Sie dann erneut.`,
  }),
  'C2.archive-unknown': () => ({
    title: 'Die Systemversion der Quelle ist nicht bekannt.',
    remedy:
      'Machen Sie ein neues Backup der Quelle; alle ihre System-Apps müssen dieselbe Haupt- und Nebenversion haben.',
  }),
  'C2.device-unknown': () => ({
    title: 'Die Systemversion des Ziels ist nicht bekannt.',
    remedy:
      'Lesen Sie die Identität des Ziels. Bleibt sie unbekannt, bringen Sie alle System-Apps des Ziels auf eine Version.',
  }),
  'C3.none-missing': () => ({
    title: 'Keine System- oder Hardware-App wurde beim Backup ausgelassen.',
    remedy: '',
  }),
  'C3.kept-on-device': (finding) => ({
    title: `System- und Hardware-Apps sind nicht im Backup; das Ziel behält seine eigenen: ${apps(finding)}.`,
    remedy: '',
  }),
  'C3.not-in-archive': (finding) => ({
    title: `System- und Hardware-Apps sind nicht im Backup: ${apps(finding)}.`,
    remedy: `Diese Apps werden nicht wiederhergestellt: ${apps(finding)}. Installieren Sie sie selbst auf dem Ziel.`,
  }),
  'C3.not-on-device': (finding) => ({
    title: `System- oder Hardware-Apps der Quelle sind weder im Backup noch auf dem Ziel: ${apps(finding)}.`,
    remedy: `Diese Apps werden nicht wiederhergestellt: ${apps(finding)}. Installieren Sie sie selbst auf dem Ziel, falls es sie braucht.`,
  }),
  'C3.apps-unknown': () => ({
    title: 'Niemand hat festgehalten, welche System- und Hardware-Apps dieses Backup auslässt.',
    remedy: 'Vergleichen Sie nach der Wiederherstellung die Apps des Ziels mit denen des Archivs.',
  }),
  'C4.none-disabled': () => ({ title: 'Keine App wurde ausgelassen, weil sie deaktiviert war.', remedy: '' }),
  'C4.left-out': (finding) => ({
    title: `Deaktivierte Apps wurden beim Backup ausgelassen: ${apps(finding)}.`,
    remedy: `Aktivieren Sie sie auf der Quelle (${apps(finding)}) und machen Sie ein neues Backup, falls Sie sie brauchen.`,
  }),
  'C4.apps-unknown': () => ({
    title: 'Niemand hat festgehalten, welche deaktivierten Apps dieses Backup auslässt.',
    remedy: 'Sehen Sie in den Apps der Quelle nach: Deaktivierte sind nie in einem Backup.',
  }),
  'C5.full-access': () => ({ title: 'Die Anmeldung hat vollen Zugriff.', remedy: '' }),
  'C5.right-missing': ({ facts }) => ({
    title: `Die Anmeldung hat keinen vollen Zugriff (${facts['right'] ?? '?'}).`,
    remedy: 'Melden Sie sich mit einem Benutzer an, der sichern und wiederherstellen darf.',
  }),
  'C5.rights-unknown': ({ facts }) => ({
    title: `Ob die Anmeldung vollen Zugriff hat (${facts['right'] ?? '?'}), ist nicht bekannt.`,
    remedy: 'Lesen Sie die Identität des Ziels mit der Anmeldung, die wiederherstellen soll.',
  }),
}
