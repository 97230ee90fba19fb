import type { WindowBrowseText } from '../en/window-browse.ts'
import { restrictionReasons } from './archive-verdict.ts'

/** German words of the tree of an archive, and of taking things out of it. */
export const windowBrowse: WindowBrowseText = {
  cancelOpening: 'Öffnen abbrechen',
  stopped: 'Das Archiv wurde nicht geöffnet.',
  openAgain: 'Öffnen',
  tryAgain: 'Noch einmal versuchen',
  exportHint: 'Oder halten Sie Strg (am Mac: Option) und ziehen Sie es auf den Desktop.',
  found: (shown, total) =>
    shown === total ? `${total} gefunden` : `die ersten ${shown} von ${total} gefundenen`,
  selected: (count) => `${count} gewählt`,
  tooMany: 'So viele lassen sich nicht auf einmal wählen. Um alles zu bekommen, entnehmen Sie alles.',
  takeOut: 'Entnehmen …',
  takeOutSelected: (count) => `${count} entnehmen …`,
  copyPath: 'Pfad kopieren',
  openInside: 'Als Archiv öffnen',
  allVersions: 'Alle Fassungen',
  tooDeep: 'Ferrite geht nicht tiefer als drei Archive ineinander.',
  dragReady: 'Jetzt ist es bereit. Ziehen Sie es noch einmal.',
  dragHint: 'Ziehen Sie es auf den Desktop, oder entnehmen Sie es in einen Ordner.',
  way: 'Archive um dieses herum',
  why: restrictionReasons,
  marks: {
    'unsafe-name': 'unsicher',
    link: 'Verknüpfung',
    special: 'Gerät',
    encrypted: 'verschlüsselt',
    collision: 'nicht eindeutig',
  },
}
