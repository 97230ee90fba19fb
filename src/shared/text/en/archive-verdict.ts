import type { Restriction } from '../../model/archive-verdict.ts'

/** English words for why an entry is not taken out as it is. */
export const restrictionReasons = {
  'unsafe-name': 'a name that is not safe on every system; it can get a safe one on the way out',
  link: 'a link; nobody can say what it would lead to here',
  special: 'a device, a pipe or a program with special rights',
  encrypted: 'encrypted; its password opens it',
  collision:
    'a name that differs from another one in case or accents only, so that it is not clear which is meant',
} satisfies Record<Restriction, string>

/** English words for what an archive is worth, found when it was opened. */
export const archiveVerdict = {
  title: 'Verdict',
  ok: 'OK',
  okTitle: 'The whole archive was checked when it was opened. Everything in it can be taken out.',
  view: 'With restrictions',
  viewShort: 'Partly',
  viewTitle: 'It can be looked into. Some entries are not taken out as they are.',
  notice: 'Some of it can be looked at, but is not taken out as it is:',
  line: (count: string, why: string, isOne: boolean) =>
    `${count} ${isOne ? 'entry' : 'entries'}: ${why}. For example:`,
  own: 'It can be restored all the same: Ferrite itself took these very bytes from the device.',
  imported:
    'It was imported, so nobody can answer for these entries: where they are not safe, it is not restored.',
  unknown: 'Not known',
  notWritten: 'It was stored before Ferrite wrote this down. Look inside to see it.',
  opaque: 'Only the kind of server that made this file reads it, so nobody has looked into it.',
}
export type ArchiveVerdictText = typeof archiveVerdict
