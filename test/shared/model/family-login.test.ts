import { expect, test } from 'vitest'
import { wantsPassword } from '../../../src/shared/model/family-login.ts'

test.each([
  ['ctrlx-core', '', true],
  ['linux-host', 'root', true],
  ['endpoint-protector', 'root', false],
  ['node-red', '', false],
  ['node-red', 'engineer', true],
] as const)('a %s with the user “%s” wants a password first: %s', (family, user, wanted) => {
  expect(wantsPassword({ family, user })).toBe(wanted)
})
