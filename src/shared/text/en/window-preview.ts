/** English words of the preview of one file of an archive. */
export const windowPreview = {
  image: (width: number, height: number) => `Picture, ${String(width)} × ${String(height)} pixels`,
  imageTools: 'Size of the picture',
  fit: 'Fit into the view',
  imageDamaged:
    'The picture is damaged: it cannot be drawn. Take the file out to look at it with another program.',
  textTools: 'How the text is shown',
  wrap: 'Break long lines',
  covered: (count: string, isOne: boolean) =>
    isOne ? 'One secret is covered.' : `${count} secrets are covered.`,
  reveal: (isOne: boolean): string => (isOne ? 'Show it' : 'Show them'),
  revealed: 'Secrets are shown as they are in the file.',
  conceal: 'Cover them',
  opensAs: {
    zip: 'This is a ZIP archive.',
    tar: 'This is a tar archive.',
    'tar.gz': 'This is a compressed tar archive.',
  },
  open: 'Open it',
  tooDeep:
    'Ferrite goes no deeper than three archives in one another. To go on, take this file out and import it.',
  bytesTruncated: (shown: string, whole: string) =>
    `The first ${shown} of ${whole} can be looked at. To get everything, take the file out.`,
  bytesUnread: 'Some bytes could not be read.',
  password: {
    title: 'This file is encrypted.',
    label: 'Password of the archive',
    description: 'It is used while the archive is open, and stored nowhere.',
    submit: 'Unlock',
    wrong: 'This is not the password, or the file is damaged.',
  },
}
export type WindowPreviewText = typeof windowPreview
