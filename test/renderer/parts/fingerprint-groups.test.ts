import { describe, expect, test } from 'vitest'
import { groupsOf, isSameFingerprint, typedEnd } from '../../../src/renderer/parts/fingerprint-groups.ts'

const tls = 'c07d5be1936f02a84f1e8d2b7c90a35512e64fd08b93717ac5d24e0f66b81d9a'
const ssh = 'SHA256:Jm8Zt4wXyQ1nR7bKpV2sLd9eUoTfHcGaMiN3jB6xYzA'

test('groups put together again are the fingerprint', () => {
  expect(groupsOf('tls', tls).groups.join('')).toBe(tls.toUpperCase())
  const { prefix, groups } = groupsOf('ssh', ssh)
  expect(prefix + groups.join('')).toBe(ssh)
})

describe('a fingerprint is recognised in every spelling in which a device shows it', () => {
  test.each([
    [
      'tls',
      'C0:7D:5B:E1:93:6F:02:A8:4F:1E:8D:2B:7C:90:A3:55:12:E6:4F:D0:8B:93:71:7A:C5:D2:4E:0F:66:B8:1D:9A',
    ],
    [
      'tls',
      'sha256 Fingerprint=C0:7D:5B:E1:93:6F:02:A8:4F:1E:8D:2B:7C:90:A3:55:12:E6:4F:D0:8B:93:71:7A:C5:D2:4E:0F:66:B8:1D:9A',
    ],
    ['tls', ` ${tls.toUpperCase().match(/.{8}/g)!.join(' ')}\n`],
    ['ssh', ssh],
    ['ssh', ssh.slice('SHA256:'.length)],
    ['ssh', `${ssh}=`],
    ['ssh', `256 ${ssh} root@gateway (ED25519)`],
  ] as const)('%s %s', (kind, typed) => {
    expect(isSameFingerprint(kind, typed, kind === 'tls' ? tls : ssh)).toBe(true)
  })
})

test('one character less, more or in another case of base64 is another fingerprint', () => {
  expect(isSameFingerprint('tls', tls.slice(1), tls)).toBe(false)
  expect(isSameFingerprint('tls', `${tls}0`, tls)).toBe(false)
  expect(isSameFingerprint('ssh', ssh.toLowerCase(), ssh)).toBe(false)
})

test('an empty field is no comparison', () => {
  expect(isSameFingerprint('tls', '  ', tls)).toBeUndefined()
})

test('the last eight characters may be typed with the colons that are shown between them', () => {
  expect(typedEnd('tls', '66:B8:1D:9A')).toBe('66B81D9A')
  expect(typedEnd('ssh', ' 6xYzA ')).toBe('6xYzA')
})
