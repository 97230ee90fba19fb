import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, isPlainName, judgeName, linkLeaves } from '../../../src/main/archives/names.ts'

describe('the name policy', () => {
  test('the quick judgement never calls a name plain that is not safe', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary-ascii', maxLength: 12 }),
      fc.constantFrom(
        '..',
        '.',
        '',
        'CON',
        'nul.txt',
        'com1',
        'a.',
        'a ',
        'conin$',
        'x:y',
        'aux .b',
        'LPT9',
        'c:',
        '\\',
      ),
      fc.string({ minLength: 250, maxLength: 260 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 70 }), (parts) => {
        const name = parts.join('/')
        const bytes = Buffer.from(name, 'utf8')
        return !isPlainName(bytes, 0, bytes.length) || judgeName(name) === 'safe'
      }),
      { numRuns: 5000 },
    )
  })

  test('the quick judgement knows ordinary names', () => {
    for (const name of ['a', 'dir/sub/file.json', '.hidden/x', 'hosts/x.txt', 'x y/c-d_e.f', 'co/nu']) {
      const bytes = Buffer.from(`##${name}##`)
      expect(isPlainName(bytes, 2, bytes.length - 2)).toBe(true)
    }
  })

  test('a fold of a parent is the beginning of the fold of its children', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (parent, child) => {
        return foldName(`${parent}/${child}`) === `${foldName(parent)}/${foldName(child)}`
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['STRASSE', 'straße'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['É', 'e\u0301'],
    ['\u212B', 'å'],
  ])('%s and %s are one file somewhere', (a, b) => {
    expect(foldName(a)).toBe(foldName(b))
  })

  test.each([
    ['a/l', '../b', false],
    ['a/l', './b/../c', false],
    ['l', 'b', false],
    ['l', '..', true],
    ['a/l', '../../b', true],
    ['a/l', 'b/../../../c', true],
    ['l', '/etc/passwd', true],
    ['l', 'C:\\x', true],
    ['a/l', '..\\..\\x', true],
    ['l', '\\\\server\\x', true],
  ])('a link at %s to %s leaves the tree: %s', (path, target, leaves) => {
    expect(linkLeaves(path, target)).toBe(leaves)
  })
})
