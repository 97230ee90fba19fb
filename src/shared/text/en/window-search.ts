/** English words of the search. */
export const windowSearch = {
  title: 'Search',
  subtitle: 'Find a file across all backups. Archives inside archives are searched, too.',
  field: 'Text to find',
  toolbar: 'What to search for',
  where: 'Look in',
  in: { contents: 'Contents', names: 'Names' },
  matchCase: 'Match case',
  scope: 'Archives',
  vault: 'All archives',
  ofDevice: (name: string) => `Archives of ${name}`,
  oneArchive: (device: string, taken: string) => `${device}, ${taken}`,
  start: 'Search',
  cancel: 'Cancel',
  results: 'Files found',
  columns: {
    file: 'File',
    folder: 'Folder',
    device: 'Device',
    taken: 'Taken',
    line: 'Line',
    excerpt: 'Where it was found',
    matches: 'Matches',
  },
  matchesAtLeast: (count: string) => `${count}+`,
  open: 'Open in its archive',
  history: 'All versions',
  nothingTyped: 'Type what you look for and press Enter. It is taken as plain text.',
  nothingFound: (text: string) => `“${text}” was not found.`,
  nothingFoundInPart: (text: string) =>
    `“${text}” was not found in what was searched. Not everything could be.`,
  running: (found: string, archives: string, total: string, read: string) =>
    `${found} in ${archives} of ${total} archives, ${read} read`,
  progress: 'Archives searched',
  searched: (done: string, total: string) => `${done} of ${total} archives searched`,
  done: (found: string, archives: string, total: string) => `${found} in ${archives} of ${total} archives`,
  cancelled: (found: string, done: string, total: string) =>
    `Cancelled. ${found} up to then; ${done} of ${total} archives were searched.`,
  files: (count: number, shown: string) => (count === 1 ? '1 file' : `${shown} files`),
  capped: (shown: string) =>
    `There are more than ${shown} files. Search for something longer, or in fewer archives.`,
  skipped: (count: number, shown: string) =>
    count === 1 ? '1 place could not be searched' : `${shown} places could not be searched`,
  skippedMore: (shown: string) => `and ${shown} more`,
  palette: 'Search',
  searchFor: (text: string) => `Search all archives for “${text}”`,
}
export type WindowSearchText = typeof windowSearch
