import type { Restriction } from '../../model/archive-verdict.ts'

/** English words of the tree of an archive, its verdict, and taking things out of it. */
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
  verdict: {
    ok: 'OK',
    okTitle: 'The whole archive was checked when it was opened. Everything in it can be taken out.',
    view: 'With restrictions',
    viewTitle: 'It can be looked into. Some entries are not taken out as they are.',
    notice: 'Some of it can be looked at, but is not taken out as it is:',
    line: (count: string, why: string, isOne: boolean) =>
      `${count} ${isOne ? 'entry' : 'entries'}: ${why}. For example:`,
    own: 'It can be restored all the same: Ferrite itself took these very bytes from the device.',
    imported:
      'It was imported, so nobody can answer for these entries: where they are not safe, it is not restored.',
  },
  why: {
    'unsafe-name': 'a name that is not safe on every system; it can get a safe one on the way out',
    link: 'a link; nobody can say what it would lead to here',
    special: 'a device, a pipe or a program with special rights',
    encrypted: 'encrypted; its password opens it',
    collision:
      'a name that differs from another one in case or accents only, so that it is not clear which is meant',
  } satisfies Record<Restriction, string>,
  marks: {
    'unsafe-name': 'unsafe name',
    link: 'link',
    special: 'device',
    encrypted: 'encrypted',
    collision: 'not unique',
  } satisfies Record<Restriction, string>,
}
export type WindowBrowseText = typeof windowBrowse
