import { expect, test } from 'vitest'
import { sortTarMessages } from '../../../../src/main/families/linux-host/tar-messages.ts'

test('what GNU tar may not read is told apart from what it must not pass over', () => {
  const text = [
    'tar: etc/shadow: Cannot open: Permission denied',
    'tar: etc/f \\303\\274\\:x: Cannot open: Permission denied',
    'tar: run/sock: socket ignored',
    'tar: var/log/app.log: file changed as we read it',
    'tar: var/lib/state: File removed before we read it',
    'tar: opt/disk.img: Read error at byte 0, while reading 512 bytes: Input/output error',
    'tar: Exiting with failure status due to previous errors',
  ].join('\n')
  expect(sortTarMessages(text, ['etc', 'opt'])).toEqual({
    unreadable: ['etc/shadow', 'etc/f ü:x'],
    warnings: [
      'run/sock: socket ignored',
      'var/log/app.log: file changed as we read it',
      'var/lib/state: File removed before we read it',
    ],
    errors: ['opt/disk.img: Read error at byte 0, while reading 512 bytes: Input/output error'],
  })
})

test('busybox says the same in its own words', () => {
  const text = [
    "tar: can't open 'etc/shadow': Permission denied",
    "tar: can't open 'var/lib/gone': No such file or directory",
    'tar: error exit delayed from previous errors',
  ].join('\n')
  expect(sortTarMessages(text, ['etc', 'var/lib'])).toEqual({
    unreadable: ['etc/shadow'],
    warnings: ["can't open 'var/lib/gone': No such file or directory"],
    errors: [],
  })
})

test('a chosen path that went away is an error, one below it is not', () => {
  const text =
    'tar: etc: Cannot stat: No such file or directory\ntar: etc/x: Cannot stat: No such file or directory'
  const { warnings, errors } = sortTarMessages(text, ['etc'])
  expect(errors).toEqual(['etc: Cannot stat: No such file or directory'])
  expect(warnings).toEqual(['etc/x: Cannot stat: No such file or directory'])
})

test('anything that nobody has heard of is an error', () => {
  expect(sortTarMessages('tar: Child returned status 1\nsh: gzip: not found', []).errors).toHaveLength(2)
})
