/** English words of the versions of a file. */
export const windowHistory = {
  title: 'All versions',
  back: 'Back',
  reading: 'Reading every version',
  versions: 'Versions',
  divider: 'Height of the versions',
  columns: {
    taken: 'In the backups',
    versions: 'Unchanged',
    size: 'Size',
    modified: 'Changed',
    sha256: 'SHA-256',
  },
  span: (newest: string, oldest: string) => `${oldest} to ${newest}`,
  unchangedIn: (count: number, shown: string) => (count === 1 ? 'in 1 backup' : `in ${shown} backups`),
  absent: 'Not in these backups',
  absentOne: 'Not in this backup',
  unreadable: 'Could not be read',
  nowhere: 'No backup of this device holds this file.',
  onlyOne: 'There is one version only: it never changed.',
  choose: 'Choose two versions to see them side by side.',
  binary: (before: string, after: string) => `This is no text. Size: ${before}, then ${after}.`,
  truncated: (size: string) => `Only the first ${size} are compared.`,
  open: 'Open in its archive',
}
export type WindowHistoryText = typeof windowHistory
