import { sizeForecastText } from './size-forecast.ts'

/** English words of the key that opens an archive, and of the size that its server takes. */
export const windowKeys = {
  title: 'System Backup Key',
  none: 'Without its key this backup cannot be used, and nobody can make the key again. Give the key that the console showed.',
  lost: 'This key was given once and is not here now. Give it again.',
  hint: (lastFour: string, hash: string) =>
    lastFour === '' ? `Key with the SHA-256 ${hash}…` : `Key ending in …${lastFour}, SHA-256 ${hash}…`,
  field: 'Key',
  fieldNote: 'It goes to the keychain of this computer, apart from the file, and is not shown again.',
  give: 'Keep this key',
  notStored:
    'This computer has no safe keychain: the key is kept only until Ferrite ends. Print the emergency sheet, or write the key down.',
  copy: 'Copy the key',
  copied: 'The key is on the clipboard for 30 seconds.',
  sheetFile: 'Emergency sheet as PDF …',
  sheetPrint: 'Print the emergency sheet …',
  forget: 'Forget the key',
  forgetField: (device: string) => `Type “${device}” to forget the key`,
  forgetNote: 'Without another copy of the key the backup is lost.',
  size: 'Size limit of 200 MB',
  forecast: sizeForecastText,
} as const

/** The same words in another language. */
export type WindowKeysText = {
  readonly [K in keyof typeof windowKeys]: (typeof windowKeys)[K] extends string
    ? string
    : (typeof windowKeys)[K]
}
