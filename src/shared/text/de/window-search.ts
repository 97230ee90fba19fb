import type { WindowSearchText } from '../en/window-search.ts'

/** German words of the search. */
export const windowSearch: WindowSearchText = {
  title: 'Suche',
  subtitle: 'Eine Datei in allen Backups finden. Archive in Archiven werden auch durchsucht.',
  field: 'Gesuchter Text',
  toolbar: 'Wonach gesucht wird',
  where: 'Suchen in',
  in: { contents: 'Inhalte', names: 'Namen' },
  matchCase: 'Groß und klein',
  scope: 'Archive',
  vault: 'Alle Archive',
  ofDevice: (name) => `Archive von ${name}`,
  oneArchive: (device, taken) => `${device}, ${taken}`,
  start: 'Suchen',
  cancel: 'Abbrechen',
  results: 'Gefundene Dateien',
  columns: {
    file: 'Datei',
    folder: 'Ordner',
    device: 'Gerät',
    taken: 'Gesichert',
    line: 'Zeile',
    excerpt: 'Fundstelle',
    matches: 'Treffer',
  },
  matchesAtLeast: (count) => `${count}+`,
  open: 'In seinem Archiv öffnen',
  history: 'Alle Fassungen',
  nothingTyped: 'Gesuchten Text eingeben und Enter drücken. Er gilt Zeichen für Zeichen.',
  nothingFound: (text) => `„${text}“ wurde nicht gefunden.`,
  nothingFoundInPart: (text) =>
    `„${text}“ wurde in dem nicht gefunden, was durchsucht werden konnte. Das war nicht alles.`,
  running: (found, archives, total, read) => `${found} in ${archives} von ${total} Archiven, ${read} gelesen`,
  progress: 'Durchsuchte Archive',
  searched: (done, total) => `${done} von ${total} Archiven durchsucht`,
  done: (found, archives, total) => `${found} in ${archives} von ${total} Archiven`,
  cancelled: (found, done, total) =>
    `Abgebrochen. Bis dahin ${found}; ${done} von ${total} Archiven waren durchsucht.`,
  files: (count, shown) => (count === 1 ? '1 Datei' : `${shown} Dateien`),
  capped: (shown) =>
    `Es sind mehr als ${shown} Dateien. Nach einem längeren Text suchen oder in weniger Archiven.`,
  skipped: (count, shown) =>
    count === 1
      ? '1 Stelle konnte nicht durchsucht werden'
      : `${shown} Stellen konnten nicht durchsucht werden`,
  skippedMore: (shown) => `und ${shown} weitere`,
  palette: 'Suche',
  searchFor: (text) => `„${text}“ in allen Archiven suchen`,
}
