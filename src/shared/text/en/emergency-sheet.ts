/** English words of the page that is printed for the safe. */
export const sheet = {
  title: (device: string) => `Emergency sheet: backup of ${device}`,
  generatedAt: (time: string) => `Printed ${time}`,
  warning:
    'Whoever has this page and the file has the settings of the server. Keep the page in a safe, apart from the file.',
  file: 'The file',
  fileName: 'File name',
  size: 'Size',
  sha256: 'SHA-256',
  device: 'Source',
  version: 'Version of the source',
  notStated: 'not stated',
  takenAt: 'Made',
  archive: 'Archive id in Ferrite',
  key: 'System Backup Key',
  keyLength: 'Characters',
  keyHash: 'SHA-256 of the key begins with',
  keyRule:
    'The blanks and line ends between the groups do not belong to the key. Capital and small letters are different. Nobody can make this key again: not the vendor, not the server.',
  steps: 'To restore without Ferrite',
  restoreSteps: [
    'Check the file: its SHA-256 has to be the one above.',
    'Deploy an appliance of the same version or a newer one, at an address of its own. Make a snapshot of both machines first.',
    'On the new one: switch client communication off (System Configuration > System Settings).',
    'System Maintenance > System Backup v2 > Import and Restore (Migrate): choose the file, enter the key, press Import.',
    'Wait at least 5 minutes before you refresh the page. A restore takes 15 to 45 minutes; the console may hang.',
    'Log in with a user of the old server. Check version, licence and policies; enter passwords of other systems again.',
    'Power the old appliance off, make sure that nobody answers at its address, then give that address to the new one on the console of its machine.',
    'Switch client communication on and watch “Last Seen”. Make a new backup.',
  ],
} as const

/** The same words in another language. */
export type SheetText = {
  readonly [K in keyof typeof sheet]: (typeof sheet)[K] extends string
    ? string
    : (typeof sheet)[K] extends readonly string[]
      ? readonly string[]
      : (typeof sheet)[K]
}
