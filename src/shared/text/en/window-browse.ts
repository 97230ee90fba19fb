import type { Restriction } from '../../model/archive-verdict.ts'
import { restrictionReasons } from './archive-verdict.ts'

/** English words of the tree of an archive, and of taking things out of it. */
export const windowBrowse = {
  cancelOpening: 'Stop opening',
  stopped: 'The archive was not opened.',
  openAgain: 'Open it',
  tryAgain: 'Try again',
  exportHint: 'Or hold Ctrl (on a Mac: Option) and drag it to the desktop.',
  found: (shown: string, total: string) =>
    shown === total ? `${total} found` : `the first ${shown} of ${total} found`,
  selected: (count: string) => `${count} selected`,
  tooMany: 'So many cannot be selected at once. To get everything, take everything out.',
  takeOut: 'Take out …',
  takeOutSelected: (count: string) => `Take ${count} out …`,
  copyPath: 'Copy the path',
  openInside: 'Open as an archive',
  allVersions: 'All versions',
  tooDeep: 'Ferrite goes no deeper than three archives in one another.',
  dragReady: 'It is ready now. Drag it once more.',
  dragHint: 'Drag it to the desktop, or take it out into a folder.',
  way: 'Archives around this one',
  why: restrictionReasons,
  marks: {
    'unsafe-name': 'unsafe name',
    link: 'link',
    special: 'device',
    encrypted: 'encrypted',
    collision: 'not unique',
  } satisfies Record<Restriction, string>,
}
export type WindowBrowseText = typeof windowBrowse
