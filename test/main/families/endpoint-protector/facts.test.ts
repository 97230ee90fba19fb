import { expect, test } from 'vitest'
import { checkFacts, stated } from '../../../../src/main/families/endpoint-protector/facts.ts'

test.each([
  ['version', 'new'],
  ['finalAddress', 'https://10.0.0.2/login'],
  ['keepsAddress', 'maybe'],
  ['freeGigabytes', 'much'],
  ['exportFolder', 'exports'],
  ['modules', 'none'],
  ['paths', 'etc'],
])('the fact %s=%s of a device is refused by its name', (name, value) => {
  expect(() => checkFacts({ [name]: value })).toThrow('bad-input')
})

test('facts that a device may have are kept, empty ones are none', () => {
  const facts = {
    version: ' 2604.0.1.0 ',
    finalAddress: '10.0.0.2',
    exportFolder: '/srv/epp',
    hypervisor: '',
  }
  expect(checkFacts(facts)).toEqual({
    version: '2604.0.1.0',
    finalAddress: '10.0.0.2',
    exportFolder: '/srv/epp',
  })
})

test('what a person stated says so, and a folder of this computer is no fact of an appliance', () => {
  const at = '2026-04-02T10:00:00.000Z'
  expect(stated({ version: '5.9.4.2', modules: 'dpi', exportFolder: '/srv/epp', other: 'x' }, at)).toEqual({
    systemVersion: { value: '5.9.4.2', provenance: 'stated', readAt: at },
    traits: { modules: { value: 'dpi', provenance: 'stated', readAt: at } },
  })
  expect(stated({}, at)).toEqual({})
})
