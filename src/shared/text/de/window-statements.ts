import type { WindowStatementsText } from '../en/window-statements.ts'

/** Deutsche Wörter um das, was nur ein Mensch wissen kann. */
export const windowStatements: WindowStatementsText = {
  asks: 'Das kann nur ein Mensch wissen. Was Sie angeben, bleibt bei Archiv oder Gerät und ist als Angabe erkennbar.',
  of: {
    archive: (name) => `Zur Quelle des Archivs von ${name}`,
    device: (name) => `Zu ${name}`,
  },
  unstated: 'nicht angegeben',
  yes: 'Ja',
  no: 'Nein',
  momentExample: '2026-03-01 20:00',
  momentOdd: 'Ein Datum mit Uhrzeit, zum Beispiel 2026-03-01 20:00.',
  save: 'Angeben und noch einmal prüfen',
  title: 'Was Sie über die Quelle angegeben haben',
  none: 'Nichts angegeben. Was Archiv oder Gerät selbst sagen, muss niemand angeben.',
  statedAt: (time) => `von einem Menschen angegeben, ${time}`,
  edit: 'Angeben, was Sie wissen',
  keep: 'Angaben behalten',
}
