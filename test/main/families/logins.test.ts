import { expect, test } from 'vitest'
import { families } from '../../../src/main/families/index.ts'
import { familyLogins } from '../../../src/shared/model/family-login.ts'

test('the window asks for passwords where the families log in', () => {
  const logins = Object.values(families).map(({ id, login }) => [id, login])
  expect(Object.fromEntries(logins)).toEqual(familyLogins)
})
