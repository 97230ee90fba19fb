import { expect, test } from 'vitest'
import { formatAddress, parseAddress } from '../../../src/shared/model/address.ts'

test.each([
  ['192.168.1.1', 'https', 'https://192.168.1.1'],
  ['https://PRESS-7.local:443/', 'https', 'https://press-7.local'],
  ['https://127.0.0.1:8443', 'https', 'https://127.0.0.1:8443'],
  ['ssh://10.0.0.5:2222', 'ssh', 'ssh://10.0.0.5:2222'],
  ['10.0.0.5:22', 'ssh', 'ssh://10.0.0.5'],
  ['[::1]:2222', 'ssh', 'ssh://[::1]:2222'],
  ['fe80::dcad:beff:fe00:1%eth0', 'https', 'https://[fe80::dcad:beff:fe00:1%eth0]'],
] as const)('“%s” is understood', (input, protocol, canonical) => {
  const address = parseAddress(input, protocol)
  expect(formatAddress(address)).toBe(canonical)
  expect(parseAddress(canonical, protocol)).toEqual(address)
})

test.each([
  ['', 'https'],
  ['https://user:secret@host', 'https'],
  ['https://host/path', 'https'],
  ['https://host?x', 'https'],
  ['http://host', 'https'],
  ['ssh://host', 'https'],
  ['2130706433', 'https'],
  ['host:0', 'ssh'],
  ['host:65536', 'ssh'],
  ['host:22x', 'ssh'],
  ['ho st', 'ssh'],
  ['-oProxyCommand=x', 'ssh'],
  ['[::1', 'ssh'],
  ['::g', 'ssh'],
] as const)('“%s” is refused', (input, protocol) => {
  expect(() => parseAddress(input, protocol)).toThrow('bad-input')
})
