import type { WindowLensText } from '../en/window-lens.ts'

/** Deutsche Wörter um die Tabellen dessen, was ein Archiv sagt. */
export const windowLens: WindowLensText = {
  tabs: 'Ansichten des Archivs',
  files: 'Dateien',
  reading: 'Lese, was das Archiv sagt',
  filter: 'Tabellen filtern',
  noneFound: 'Keine Zeile dieser Tabellen enthält das.',
  rows: (count: string, isOne: boolean) => `${count} ${isOne ? 'Zeile' : 'Zeilen'}`,
  capped: (count: string) => `Gezeigt werden die ersten ${count} Zeilen. Den Rest hält die Datei selbst.`,
  covered: 'verdeckt',
  showSecret: (what: string) => `${what} zeigen`,
  showSecrets: 'Verdecktes zeigen',
  openFile: 'Datei im Archiv zeigen',
  copyRow: 'Zeile kopieren',
  copyCell: (column: string) => `„${column}“ kopieren`,
}
