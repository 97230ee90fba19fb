import type { WindowBrowseText } from '../en/window-browse.ts'

/** German words of the tree of an archive, its verdict, and taking things out of it. */
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
  verdict: {
    ok: 'OK',
    okTitle: 'Das ganze Archiv wurde beim Öffnen geprüft. Alles darin lässt sich entnehmen.',
    view: 'Mit Einschränkungen',
    viewTitle: 'Es lässt sich ansehen. Einige Einträge werden nicht so entnommen, wie sie sind.',
    notice: 'Einiges lässt sich ansehen, wird aber nicht so entnommen, wie es ist:',
    line: (count, why, isOne) => `${count} ${isOne ? 'Eintrag' : 'Einträge'}: ${why}. Zum Beispiel:`,
    own: 'Wiederherstellen lässt es sich trotzdem: Ferrite selbst hat genau diese Bytes vom Gerät geholt.',
    imported:
      'Es wurde importiert, deshalb steht niemand für diese Einträge ein: Wo sie nicht sicher sind, wird es nicht wiederhergestellt.',
  },
  why: {
    'unsafe-name':
      'ein Name, der nicht auf jedem System sicher ist; beim Entnehmen kann er einen sicheren bekommen',
    link: 'eine Verknüpfung; niemand weiß, wohin sie hier führen würde',
    special: 'ein Gerät, eine Pipe oder ein Programm mit besonderen Rechten',
    encrypted: 'verschlüsselt; das Passwort öffnet es',
    collision:
      'ein Name, der sich von einem anderen nur in Großschreibung oder Akzenten unterscheidet, sodass unklar ist, welcher gemeint ist',
  },
  marks: {
    'unsafe-name': 'unsicher',
    link: 'Verknüpfung',
    special: 'Gerät',
    encrypted: 'verschlüsselt',
    collision: 'nicht eindeutig',
  },
}
