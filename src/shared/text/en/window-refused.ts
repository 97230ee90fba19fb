/** English words of the files that were refused and kept. */
export const windowRefused = {
  tabs: 'What the vault holds',
  archives: 'Archives',
  title: 'Kept, but refused',
  explained:
    'These files came whole and could not be read. They are kept byte for byte as they came. They are no backups: nothing is taken out of them and nothing is restored from them.',
  verdict: 'REFUSED',
  table: 'Refused files',
  divider: 'Width of the list',
  choose: 'Select a file to see why it was refused.',
  none: 'No file is refused any more.',
  columns: { verdict: 'Verdict', from: 'From', why: 'Why', refused: 'Refused', size: 'Size' },
  unlisted: 'The refused files cannot be listed:',
  damaged: (count: string, isOne: boolean) =>
    isOne
      ? 'One folder holds no whole refused file. It is left as it is:'
      : `${count} folders hold no whole refused file. They are left as they are:`,
  actions: 'What to do with it',
  check: 'Check again',
  export: 'Export …',
  exported: (file: string) => `${file} was exported and read back. Handle it with care.`,
  why: 'Why it was refused',
  file: 'File',
  source: 'Where it came from',
  fileName: 'File name',
  size: 'Size',
  sha256: 'SHA-256',
  id: 'Id',
  origin: 'Kind',
  family: 'Kind of device',
  device: 'Device',
  address: 'Address',
  taken: 'Taken',
  refused: 'Refused',
  pin: 'Fingerprint of the connection',
  note: 'Note',
}
export type WindowRefusedText = typeof windowRefused
