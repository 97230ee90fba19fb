/** English words around the tables of what an archive says. */
export const windowLens = {
  tabs: 'Ways to look at the archive',
  files: 'Files',
  reading: 'Reading what the archive says',
  filter: 'Filter the tables',
  noneFound: 'No row of these tables has this in it.',
  rows: (count: string, isOne: boolean) => `${count} ${isOne ? 'row' : 'rows'}`,
  capped: (count: string) => `The first ${count} rows are shown. The file itself holds the rest.`,
  covered: 'covered',
  showSecret: (what: string) => `Show ${what}`,
  showSecrets: 'Show what is covered',
  openFile: 'Show the file in the archive',
  copyRow: 'Copy the row',
  copyCell: (column: string) => `Copy “${column}”`,
}
export type WindowLensText = typeof windowLens
