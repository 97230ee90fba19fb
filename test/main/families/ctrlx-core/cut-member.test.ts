import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutMember } from '../../../../src/main/families/ctrlx-core/cut-member.ts'

test.each([
  ['{"a":1,"b":2,"c":3}', ['a'], '{"b":2,"c":3}'],
  ['{"a":1,"b":2,"c":3}', ['b'], '{"a":1,"c":3}'],
  ['{"a":1,"b":2,"c":3}', ['c'], '{"a":1,"b":2}'],
  ['{ "a" : { "x,}" : "]\\"}" , "y" : [1, {"z": 2}] } }', ['a', 'y'], '{ "a" : { "x,}" : "]\\"}" } }'],
  ['{"a":1}', ['a'], '{}'],
  ['{"a":1,"b":2,"a":3}', ['a'], '{"b":2}'],
  ['{"a":12345678901234567890.10,"b":2}', ['b'], '{"a":12345678901234567890.10}'],
  ['{"\\u0061":1,"b":2}', ['a'], '{"b":2}'],
  ['{"a":{"b":1}}', ['c', 'b'], '{"a":{"b":1}}'],
  ['{"a":[1]}', ['a', 'b'], '{"a":[1]}'],
  ['[1]', ['a'], '[1]'],
] as const)('%s without %j', (text, path, expected) => {
  expect(cutMember(text, path)).toBe(expected)
})

test('what is left parses to the document without that member, whatever the document', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.nat(4), (document, pick, indent) => {
      const names = Object.keys(document)
      const name = names[pick % Math.max(1, names.length)] ?? 'absent'
      const { [name]: _cut, ...rest } = JSON.parse(JSON.stringify(document)) as Record<string, unknown>
      const left = cutMember(JSON.stringify(document, undefined, indent), [name])
      expect(JSON.parse(left)).toEqual(rest)
    }),
  )
})
