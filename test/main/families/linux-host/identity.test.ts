import { expect, test } from 'vitest'
import { fileNameFor } from '../../../../src/main/families/linux-host/backup.ts'
import { parseFreeBytes } from '../../../../src/main/families/linux-host/identity.ts'
import {
  oneLine,
  parseOsRelease,
  systemVersionOf,
} from '../../../../src/main/families/linux-host/os-release.ts'

test('os-release is read with and without quotes, and rolling releases have no version', () => {
  const debian = parseOsRelease('PRETTY_NAME="Debian \\"12\\""\nID=debian\nVERSION_ID="12"\n# ID=no\n')
  expect(debian.get('PRETTY_NAME')).toBe('Debian "12"')
  expect(systemVersionOf(debian)).toBe('debian 12')
  expect(systemVersionOf(parseOsRelease("ID='arch'\n"))).toBe('arch')
  expect(systemVersionOf(parseOsRelease('nonsense'))).toBe('')
})

test('free bytes are those for the login, whatever the columns are called and wherever it is mounted', () => {
  expect(
    parseFreeBytes('Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/x 10 4 6 40% /\n'),
  ).toBe(6144)
  expect(parseFreeBytes('Dateisystem 1024-Blöcke …\n//nas/a b 10 4 6 40% /mnt/with space\n')).toBe(6144)
  expect(parseFreeBytes('df: no such file')).toBeUndefined()
  expect(parseFreeBytes('')).toBeUndefined()
})

test('a device tree name ends with a NUL, and long answers are cut', () => {
  expect(oneLine('Revolution Pi Connect 4\0')).toBe('Revolution Pi Connect 4')
  expect(oneLine(`${'x'.repeat(1000)}\nsecond`)).toHaveLength(200)
})

test('the name of a backup is made of the host name and the time in UTC, whatever the host is called', () => {
  const now = new Date('2026-11-21T07:39:12.345Z')
  expect(fileNameFor('line-3', now)).toBe('line-3-20261121T073912Z.tar.gz')
  expect(fileNameFor('../../etc/x y', now)).toBe('etc-x-y-20261121T073912Z.tar.gz')
  expect(fileNameFor('', now)).toBe('host-20261121T073912Z.tar.gz')
})
