import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFacts, outermost, readFacts } from '../../../../src/main/families/linux-host/facts.ts'
import type { DeviceFacts } from '../../../../src/shared/model/device.ts'

const refusal = (facts: DeviceFacts): unknown => {
  try {
    checkFacts(facts)
  } catch (error) {
    return (error as { failure: unknown }).failure
  }
  return undefined
}

test('without facts a host gets paths that a controller keeps beside its system', () => {
  expect(checkFacts({})).toEqual({
    root: '/',
    paths: 'etc,home,opt,root,srv,usr/local,var/lib',
    stagingFolder: '/var/tmp',
  })
})

test('lists may be written with commas or line breaks, with slashes in front and behind', () => {
  expect(readFacts({ paths: '/etc/, opt\n srv/data ,,', services: 'a.service\nb@1' })).toMatchObject({
    paths: ['etc', 'opt', 'srv/data'],
    services: ['a.service', 'b@1'],
  })
})

test('checking facts that were checked changes nothing', () => {
  const once = checkFacts({ root: '/data/', paths: '/etc,etc/ssh', services: 'x', mayDiffer: 'etc/motd' })
  expect(checkFacts(once)).toEqual(once)
})

test('a path inside another one is not named twice', () => {
  expect(outermost(['etc/ssh', 'etc', 'etcetera', 'etc'])).toEqual(['etc', 'etcetera'])
})

test.each([
  ['paths', '../etc'],
  ['paths', 'etc/../../root'],
  ['paths', 'etc//ssh'],
  ['paths', './etc'],
  ['paths', '--checkpoint-action=exec=sh'],
  ['paths', 'et*'],
  ['paths', 'a\\b'],
  ['paths', 'a\u0000b'],
  ['paths', 'a\u202eb'],
  ['paths', '/'],
  ['root', 'etc'],
  ['root', '/etc/..'],
  ['stagingFolder', 'tmp'],
  ['mayDiffer', '../x'],
  ['services', '-H evil'],
  ['services', 'a;b'],
  ['services', '--host=x'],
  ['surprise', 'x'],
])('the fact %s = %j is refused and named', (field, value) => {
  expect(refusal({ [field]: value })).toMatchObject({ code: 'bad-input', field })
})

test('whatever passes can neither leave the root nor be taken for an option', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('.', '/', '-', 'a', ' ', '*', '\\', '\n', ','), maxLength: 12 }),
      (paths) => {
        if (refusal({ paths }) !== undefined) return
        for (const path of readFacts({ paths }).paths) {
          expect(path).not.toMatch(/^[/-]|(^|\/)\.{1,2}(\/|$)|\/\/|[*\\\n]/)
          expect(path).not.toBe('')
        }
      },
    ),
  )
})
