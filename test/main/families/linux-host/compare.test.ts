import { expect, test } from 'vitest'
import type { PassingEntry } from '../../../../src/main/archives/open.ts'
import {
  compareStates,
  isUntouched,
  readState,
  type State,
} from '../../../../src/main/families/linux-host/compare.ts'
import type { Entry } from '../../../../src/shared/model/entry.ts'

const strict = { mayDiffer: [] }

function state(...entries: (Partial<Entry> & { path: string; text?: string })[]): Promise<State> {
  async function* passing(): AsyncGenerator<PassingEntry> {
    for (const { text = '', ...entry } of entries) {
      const whole: Entry = { kind: 'file', sizeBytes: text.length, mode: 0o644, owner: '0:0', ...entry }
      yield {
        entry: whole,
        content: (async function* () {
          if (text !== '') yield Buffer.from(text)
        })(),
      }
    }
  }
  return readState(passing())
}

test('equal content with other times and names of owners is equal', async () => {
  const a = await state({ path: 'a', text: 'x', modifiedAt: '2020-01-01', owner: '5:5 (me:us)' })
  const b = await state({ path: 'a', text: 'x', modifiedAt: '2024-01-01', owner: '5:5' })
  expect(compareStates(a, b, strict)).toMatchObject({ count: 0, differences: [] })
})

test.each<[string, Partial<Entry> & { text?: string }]>([
  ['content', { text: 'y' }],
  ['size', { text: 'xx' }],
  ['mode', { text: 'x', mode: 0o600 }],
  ['owner', { text: 'x', owner: '1:0' }],
  ['kind', { kind: 'folder' }],
])('a difference in %s is found and shown from both sides', async (_trait, changed) => {
  const before = await state({ path: 'a', text: 'x' })
  const now = await state({ path: 'a', ...changed })
  const { count, differences } = compareStates(before, now, strict)
  expect(count).toBe(1)
  expect(differences[0]).toMatchObject({ what: 'a' })
  expect(differences[0]?.expected).not.toBe(differences[0]?.actual)
})

test('where a link leads counts, what is missing counts, what is more is only counted', async () => {
  const expected = await state({ path: 'l', kind: 'link', mode: 0o777, linkTarget: '/a b' }, { path: 'gone' })
  const actual = await state({ path: 'l', kind: 'link', mode: 0o777, linkTarget: '/a c' }, { path: 'more' })
  const { differences, othersCount } = compareStates(expected, actual, strict)
  expect(differences).toEqual([
    { what: 'l', expected: 'link owner=0:0 target=/a b', actual: 'link owner=0:0 target=/a c' },
    { what: 'gone', expected: expect.stringContaining('file mode=644') },
  ])
  expect(othersCount).toBe(1)
})

test('which name of a file with two names comes first does not count', async () => {
  const one = await state({ path: 'a', text: 'x' }, { path: 'b', kind: 'link', mode: 0o644, linkTarget: 'a' })
  const other = await state(
    { path: 'b', text: 'x' },
    { path: 'a', kind: 'link', mode: 0o644, linkTarget: 'b' },
  )
  expect(compareStates(one, other, strict).count).toBe(0)
  const all = { path: 'a', text: 'x', mode: 0o777 }
  const wide = await state(all, { path: 'b', kind: 'link', mode: 0o777, linkTarget: 'a' })
  expect(wide.get('b')).toBe(wide.get('a'))
})

test('a symbolic link to a file is not the file', async () => {
  const links = await state(
    { path: 'a', text: 'x' },
    { path: 'b', kind: 'link', mode: 0o777, linkTarget: 'a' },
  )
  expect(links.get('b')).toBe('link owner=0:0 target=a')
})

test('at most 200 differences are listed and all are counted', async () => {
  const many = await state(...Array.from({ length: 300 }, (_, index) => ({ path: `f${index}` })))
  const { count, differences } = compareStates(many, new Map(), strict)
  expect(count).toBe(300)
  expect(differences).toHaveLength(200)
})

test('differences in places that may differ are counted apart', async () => {
  const before = await state({ path: 'var/state', text: 'x' }, { path: 'variable', text: 'x' })
  const now = await state({ path: 'var/state', text: 'y' }, { path: 'variable', text: 'y' })
  expect(compareStates(before, now, { mayDiffer: ['var'] })).toMatchObject({ count: 1, expectedCount: 1 })
})

test('untouched means: every name of the archive is as before, or absent as before', async () => {
  const concerned = await state({ path: 'a', text: 'new' }, { path: 'b', text: 'new' })
  const before = await state({ path: 'a', text: 'old' }, { path: 'c', text: 'old' })
  const same = await state({ path: 'a', text: 'old' }, { path: 'c', text: 'changed meanwhile' })
  const half = await state({ path: 'a', text: 'old' }, { path: 'b', text: 'new' })
  expect(isUntouched(concerned, { before, actual: same }, strict)).toBe(true)
  expect(isUntouched(concerned, { before, actual: half }, strict)).toBe(false)
})
