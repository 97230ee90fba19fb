import type { ProofText } from '../en/proof.ts'

type Facts = Readonly<Record<string, string>>

/** Deutsche Worte dafür, wie weit ein Archiv bewiesen ist. */
export const proofTexts: ProofText = {
  title: 'Wie weit es bewiesen ist',
  column: 'Bewiesen',
  short: { L0: 'Geholt', L1: 'Gelesen', L2: 'Geöffnet', L3: 'Geplant', L4: 'Erprobt' },
  earned: 'Erreicht',
  missing: 'Nicht erreicht',
  level: {
    L0: 'Alle Bytes sind angekommen, so viele wie angekündigt.',
    L1: 'Sie wurden von der Platte zurückgelesen und haben denselben SHA-256.',
    L2: 'Die Datei wurde geöffnet und als das gelesen, was sie sein soll.',
    L3: 'Eine Wiederherstellung auf ein benanntes Gerät wurde geplant, und keine Regel sprach dagegen.',
    L4: 'Es wurde auf einem Ersatz- oder Übungsgerät wiederhergestellt; zurückgelesen enthält dieses dasselbe.',
  },
  how: (level: string, device: string, when: string) => `${level} auf ${device}, ${when}`,
  atStorage: 'Erreicht, als das Archiv abgelegt wurde.',
  onDevice: (device: string, role: string, when: string) => `${device} (${role}), ${when}`,
  next: {
    L0: 'Prüfen Sie das Archiv.',
    L1: 'Prüfen Sie das Archiv.',
    L2: 'Öffnen Sie eine Wiederherstellung auf ein Gerät und sehen Sie sich den Plan an. Dabei wird nichts verändert.',
    L3: 'Machen Sie eine Probe: Stellen Sie es auf einem Ersatz- oder Übungsgerät wieder her. Nichts anderes erreicht die höchste Stufe.',
    L4: 'Es bleibt nichts zu beweisen. Geräte ändern sich: Wiederholen Sie die Probe von Zeit zu Zeit.',
  },
  nextStep: 'Als Nächstes',
  limits: 'Was sich nicht beweisen lässt',
  limit: {
    architecture: (facts: Facts) =>
      facts['architecture'] === 'arm64'
        ? 'Das Archiv stammt von arm64-Hardware. Eine virtuelle Steuerung auf diesem Rechner ist x64, dort lässt es sich nie beweisen: Dafür braucht es ein Ersatzgerät mit arm64.'
        : `Das Archiv stammt von ${facts['architecture'] ?? '?'}-Hardware, und von keinem Ersatz- oder Übungsgerät ist bekannt, dass es diesen Prozessor hat.`,
    'own-machine': (facts: Facts) =>
      `Seine Geheimnisse sind an das TPM der Maschine gebunden, von der es stammt. Es lässt sich nur dort beweisen (${facts['device'] ?? '?'}), auf keiner Ersatzmaschine.`,
    'no-server': () =>
      'Nur ein Server seiner Art nimmt es an. Ohne einen Ersatzserver lässt es sich nicht beweisen: Dieser Rechner kann nicht für ihn einspringen.',
    'no-device': () =>
      'Kein Gerät seiner Art ist als Ersatz oder zum Üben gekennzeichnet, es gibt also nichts, worauf man es proben könnte.',
  },
  drill: 'Probe …',
  drillTitle: 'Probe',
  drillIntro:
    'Eine Probe stellt das Archiv auf einem Ersatz- oder Übungsgerät wieder her und vergleicht. Nur solche werden angeboten. Enthält das Gerät danach dasselbe, hat das Archiv die höchste Stufe erreicht.',
  drillNone:
    'Kein Gerät dieser Art ist als Ersatz oder zum Üben gekennzeichnet. Wofür ein Gerät da ist, sagen Sie unter Bearbeiten in seinem Menü.',
  role: 'Wofür es da ist',
  roleDescription: 'Proben gibt es nur auf Ersatz- und Übungsgeräten: Was diese gerade tun, braucht niemand.',
}
