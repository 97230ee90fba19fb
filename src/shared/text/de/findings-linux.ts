import type { linuxFindings as english } from '../en/findings-linux.ts'

/** Deutsche Titel und Abhilfen der Linux-Regeln. */
export const linuxFindings: typeof english = {
  'L1.equal': ({ deviceValue }) => ({
    title: `Beide haben die Prozessorarchitektur ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'L1.differs': ({ archiveValue, deviceValue, facts }) => ({
    title: `Das Archiv stammt von einem Rechner mit ${archiveValue?.value ?? '?'}, das Ziel hat ${deviceValue?.value ?? '?'}: Programme darin laufen dort nicht${of(facts['parts'])}.`,
    remedy:
      'Stellen Sie nur Einstellungen und Daten wieder her, oder wählen Sie ein Ziel mit derselben Prozessorarchitektur. Programme für das Ziel müssen dort installiert werden.',
  }),
  'L1.no-programs': ({ archiveValue, deviceValue }) => ({
    title: `Die Prozessoren sind verschieden (${archiveValue?.value ?? '?'} und ${deviceValue?.value ?? '?'}), aber das Archiv enthält keinen Ordner für Programme.`,
    remedy: '',
  }),
  'L1.archive-unknown': () => ({
    title: 'Die Prozessorarchitektur der Quelle ist nicht bekannt.',
    remedy: 'Enthält das Archiv Programme, prüfen Sie selbst, ob sie für das Ziel gemacht sind.',
  }),
  'L1.device-unknown': () => ({
    title: 'Die Prozessorarchitektur des Ziels ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels.',
  }),
  'L2.equal': ({ deviceValue }) => ({ title: `Auf beiden läuft ${deviceValue?.value ?? '?'}.`, remedy: '' }),
  'L2.differs': ({ archiveValue, deviceValue }) => ({
    title: `Das Archiv stammt von ${archiveValue?.value ?? '?'}, auf dem Ziel läuft ${deviceValue?.value ?? '?'}: Einstellungen und der Zustand von Diensten passen vielleicht nicht.`,
    remedy:
      'Bringen Sie das Ziel zuerst auf denselben Stand, oder stellen Sie nur wieder her, was nicht zum Betriebssystem gehört.',
  }),
  'L2.archive-unknown': () => ({
    title: 'Das Betriebssystem der Quelle ist nicht bekannt.',
    remedy: 'Vergleichen Sie den Stand der Quelle selbst mit dem des Ziels.',
  }),
  'L2.device-unknown': () => ({
    title: 'Das Betriebssystem des Ziels ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels.',
  }),
  'L3.superuser': () => ({
    title: 'Die Anmeldung darf den Besitzer jeder Datei setzen.',
    remedy: '',
  }),
  'L3.not-superuser': () => ({
    title:
      'Die Anmeldung ist nicht der Systemverwalter: Dateien werden der Anmeldung gehören, und manche lassen sich nicht schreiben.',
    remedy: 'Nehmen Sie die Anmeldung des Systemverwalters (root), wenn die Besitzer zurückkommen müssen.',
  }),
  'L3.rights-unknown': () => ({
    title: 'Ob die Anmeldung den Besitzer von Dateien setzen darf, ist nicht bekannt.',
    remedy: 'Lesen Sie die Identität des Ziels mit der Anmeldung, die wiederherstellen wird.',
  }),
}

function of(parts: string | undefined): string {
  return parts === undefined || parts === '' ? '' : ` (${parts})`
}
