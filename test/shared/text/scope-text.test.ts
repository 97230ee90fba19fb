import { expect, test } from 'vitest'
import { scopeOf } from '../../../src/main/families/ctrlx-core/scope.ts'
import { scopeText } from '../../../src/shared/text/scope-text.ts'

/** Names that are the same in both languages. */
const sameInBoth = ['Apps', 'Hosts', 'Proxy', 'SSH']

test('every part that a ctrlX backup names has a German name, and every thing it leaves out', () => {
  const { parts, leftOut } = scopeOf({
    offer: undefined,
    hasFullAccess: false,
    apps: [],
    contained: undefined,
    externalMedia: undefined,
    hasPassword: false,
    chosen: undefined,
  })
  const names = [...parts.map(({ title }) => title), ...leftOut.map(({ what }) => what)]
  const untranslated = names.filter((name) => scopeText(name, 'de') === name && !sameInBoth.includes(name))
  expect(names.length).toBeGreaterThan(10)
  expect(untranslated).toEqual([])
})

test('what a family has no word for keeps its own name', () => {
  expect(scopeText('rexroth-firewall', 'de')).toBe('rexroth-firewall')
  expect(scopeText('Network', 'en')).toBe('Network')
  expect(scopeText('toString', 'de')).toBe('toString')
})
