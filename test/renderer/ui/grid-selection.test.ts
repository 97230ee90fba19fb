import { describe, expect, test } from 'vitest'
import { layoutOf, sortRows } from '../../../src/renderer/ui/grid/column.ts'
import { findTyped, moveOf, select, selectAll } from '../../../src/renderer/ui/grid/selection.ts'
import type { Rows } from '../../../src/renderer/ui/grid/selection.ts'

const names = ['alpha', 'beta', 'bravo', 'delta', 'echo']
const rows: Rows<string> = { count: names.length, at: (index) => names[index], id: (name) => name }
const none: ReadonlySet<string> = new Set()

describe('selecting', () => {
  test('replaces, toggles and extends from the anchor in both directions', () => {
    const mode = 'multiple'
    expect([...select(rows, new Set(['echo']), { index: 1, anchor: 0, move: 'replace', mode })]).toEqual([
      'beta',
    ])
    expect([...select(rows, new Set(['echo']), { index: 1, anchor: 0, move: 'toggle', mode })]).toEqual([
      'echo',
      'beta',
    ])
    expect([...select(rows, new Set(['beta']), { index: 1, anchor: 0, move: 'toggle', mode })]).toEqual([])
    expect([...select(rows, none, { index: 1, anchor: 3, move: 'extend', mode })]).toEqual([
      'beta',
      'bravo',
      'delta',
    ])
  })

  test('of one row at a time never gives two', () => {
    expect([
      ...select(rows, new Set(['echo']), { index: 0, anchor: 4, move: 'extend', mode: 'single' }),
    ]).toEqual(['alpha'])
  })

  test('leaves the selection alone without a mode, on a mere move and on a row that is not loaded', () => {
    const selected = new Set(['echo'])
    expect(select(rows, selected, { index: 0, anchor: 0, move: 'replace', mode: 'none' })).toBe(selected)
    expect(select(rows, selected, { index: 0, anchor: 0, move: 'move', mode: 'multiple' })).toBe(selected)
    const holes: Rows<string> = { ...rows, at: (index) => (index === 1 ? undefined : names[index]) }
    expect(select(holes, selected, { index: 1, anchor: 0, move: 'replace', mode: 'multiple' })).toBe(selected)
    expect([...selectAll(holes)]).toEqual(['alpha', 'bravo', 'delta', 'echo'])
  })
})

test.each([
  ['ArrowDown', 4, 4],
  ['ArrowDown', 1, 2],
  ['ArrowUp', 0, 0],
  ['PageDown', 0, 3],
  ['PageUp', 4, 1],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['a', 1, undefined],
])('%s leads from row %d to row %s', (key, from, to) => {
  expect(moveOf(key, from, 5, 3)).toBe(to)
})

test('typed letters go on to the next match and around', () => {
  const text = (name: string): string => name
  expect(findTyped(rows, text, 'b', 0)).toBe(1)
  expect(findTyped(rows, text, 'b', 1)).toBe(2)
  expect(findTyped(rows, text, 'b', 2)).toBe(1)
  expect(findTyped(rows, text, 'BR', 1)).toBe(2)
  expect(findTyped(rows, text, 'x', 0)).toBeUndefined()
})

test('sorting knows numbers in names, numbers as numbers, and puts what is not known last both ways', () => {
  const columns = [
    { id: 'name', label: 'Name', render: () => '', sortValue: (row: Sample) => row.name },
    { id: 'size', label: 'Size', render: () => '', sortValue: (row: Sample) => row.size },
  ]
  interface Sample {
    readonly name: string
    readonly size: number | undefined
  }
  const samples: readonly Sample[] = [
    { name: 'PRESS-10', size: 9 },
    { name: 'press-2', size: undefined },
    { name: 'PRESS-1', size: 10 },
  ]
  const order = (column: string, direction: 'ascending' | 'descending'): readonly string[] =>
    sortRows(samples, columns, { column, direction }, 'en').map(({ name }) => name)
  expect(order('name', 'ascending')).toEqual(['PRESS-1', 'press-2', 'PRESS-10'])
  expect(order('size', 'ascending')).toEqual(['PRESS-10', 'PRESS-1', 'press-2'])
  expect(order('size', 'descending')).toEqual(['PRESS-1', 'PRESS-10', 'press-2'])
  expect(sortRows(samples, columns, undefined, 'en')).toBe(samples)
})

test('columns keep the widths a person has set and share the rest', () => {
  const columns = [
    { id: 'a', label: 'A', render: () => '', grow: 2, minWidth: 100 },
    { id: 'b', label: 'B', render: () => '', width: 80 },
    { id: 'c', label: 'C', render: () => '' },
  ]
  expect(layoutOf(columns, {}, [36])).toEqual({
    template: '36px minmax(100px, 2fr) 80px minmax(56px, 1fr)',
    minWidth: 272,
  })
  expect(layoutOf(columns, { a: 150, c: 60 }, []).template).toBe('150px 80px 60px minmax(0, 1fr)')
})
