import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PagedTree } from '../../../../src/renderer/features/browser/paged-tree.ts'
import type { TreeRow } from '../../../../src/shared/model/entry.ts'

/** A folder is an array of its rows, a file is nothing. */
type Shape = readonly (Shape | undefined)[]

const { shape } = fc.letrec<{ shape: Shape; child: Shape | undefined }>((tie) => ({
  shape: fc.array(tie('child'), { maxLength: 7 }),
  child: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant(undefined), tie('shape')),
}))

function rowsOf(children: Shape, folder: string): readonly TreeRow[] {
  return children.map((child, at) => {
    const name = `${child === undefined ? 'f' : 'd'}${String(at)}`
    const path = folder === '' ? name : `${folder}/${name}`
    return { name, path, kind: child === undefined ? 'file' : 'folder', sizeBytes: 0 }
  })
}

function childrenAt(top: Shape, folder: string): Shape {
  if (folder === '') return top
  return folder.split('/').reduce<Shape>((at, part) => at[Number(part.slice(1))] ?? [], top)
}

/** Every row that is shown, as an array: what the tree stands for. */
function flat(
  top: Shape,
  open: ReadonlySet<string>,
  folder = '',
  level = 1,
): readonly [string, number, string][] {
  return rowsOf(childrenAt(top, folder), folder).flatMap(({ path }) => [
    [path, level, folder] as [string, number, string],
    ...(open.has(path) ? flat(top, open, path, level + 1) : []),
  ])
}

const pageRows = 3

/** Reads what is in sight until nothing is missing, as a window does. */
function readAll(tree: PagedTree, top: Shape, first = 0, end = Infinity): void {
  for (let round = 0; round < 100; round += 1) {
    const missing = tree.missing(first, Math.min(end, tree.count))
    if (missing.length === 0) return
    for (const { folder, from } of missing) {
      const rows = rowsOf(childrenAt(top, folder), folder)
      tree.put(folder, from, { total: rows.length, rows: rows.slice(from, from + pageRows) })
    }
  }
  throw new Error('Something is always missing.')
}

const moves = fc.array(fc.record({ pick: fc.nat(), isOpen: fc.boolean() }), { maxLength: 25 })

describe('a tree of which only some pages are there', () => {
  test('shows what a tree of which everything is there would show', () => {
    fc.assert(
      fc.property(shape, moves, (top, steps) => {
        const tree = new PagedTree(pageRows)
        const open = new Set<string>()
        const folders = ['', ...allFolders(top, '')]
        readAll(tree, top)
        for (const { pick, isOpen } of steps) {
          const path = folders[pick % folders.length]!
          // What is not in sight cannot be opened or closed.
          if (tree.indexOf(path) === undefined) continue
          tree.toggle(path, isOpen)
          if (isOpen) open.add(path)
          else open.delete(path)
          readAll(tree, top)
          const wanted = flat(top, open)
          expect(tree.count).toBe(wanted.length)
          expect(wanted.map((_, index) => tree.rowAt(index))).toMatchObject(
            wanted.map(([each, level]) => ({ level, row: { path: each } })),
          )
          for (const [index, [each, , parent]] of wanted.entries()) {
            expect(tree.indexOf(each)).toBe(index)
            expect(tree.parentOf(index)).toBe(
              parent === '' ? undefined : wanted.findIndex(([at]) => at === parent),
            )
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  test('shows the same when it keeps few pages and reads them again', () => {
    fc.assert(
      fc.property(shape, moves, (top, steps) => {
        const tree = new PagedTree(pageRows, 4)
        const open = new Set<string>()
        for (const { pick, isOpen } of steps) {
          readAll(tree, top, 0, 1)
          const shown = flat(top, open)
          if (shown.length === 0) return
          const index = pick % shown.length
          readAll(tree, top, index, index + 2)
          const path = tree.rowAt(index)?.row.path
          expect(path).toBe(shown[index]![0])
          expect(tree.indexOf(path!)).toBe(index)
          if (tree.rowAt(index)?.row.kind !== 'folder') continue
          tree.toggle(path!, isOpen)
          if (isOpen) open.add(path!)
          else open.delete(path!)
          // A folder that was opened is read at once, so that its rows count.
          readAll(tree, top, index + 1, index + 2)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('has a row for a folder that is being read, and asks for what is in sight only', () => {
    const tree = new PagedTree(500)
    expect([tree.count, tree.rowAt(0), tree.isEmpty]).toEqual([1, undefined, false])
    expect(tree.missing(0, 30)).toEqual([{ folder: '', from: 0 }])
    const million = (from: number): readonly TreeRow[] =>
      Array.from({ length: 500 }, (_, step) => {
        const name = String(from + step)
        return { name, path: name, kind: name === '7' ? 'folder' : 'file', sizeBytes: 0 }
      })
    tree.put('', 0, { total: 1_000_000, rows: million(0) })
    expect(tree.count).toBe(1_000_000)
    expect(tree.missing(600_490, 600_520)).toEqual([
      { folder: '', from: 600_000 },
      { folder: '', from: 600_500 },
    ])
    tree.put('', 600_000, { total: 1_000_000, rows: million(600_000) })
    expect(tree.rowAt(600_123)?.row.name).toBe('600123')
    tree.toggle('7', true)
    expect(tree.count).toBe(1_000_001)
    expect(tree.missing(0, 20)).toEqual([{ folder: '7', from: 0 }])
    tree.put('7', 0, { total: 2, rows: [] })
    expect(tree.rowAt(600_125)?.row.name).toBe('600123')
    expect(tree.indexOf('600123')).toBe(600_125)
  })

  test('keeps what was open inside a folder that was closed meanwhile', () => {
    const top: Shape = [[[undefined]]]
    const tree = new PagedTree(pageRows)
    readAll(tree, top)
    for (const path of ['d0', 'd0/d0']) {
      tree.toggle(path, true)
      readAll(tree, top)
    }
    expect(tree.count).toBe(3)
    tree.toggle('d0', false)
    expect(tree.count).toBe(1)
    expect(tree.indexOf('d0/d0/f0')).toBeUndefined()
    tree.toggle('d0', true)
    expect(tree.indexOf('d0/d0/f0')).toBe(2)
  })

  test('shows what it has, and asks for it again, once it is told that it is old', () => {
    const tree = new PagedTree(pageRows)
    const top: Shape = [[undefined], undefined]
    readAll(tree, top)
    tree.toggle('d0', true)
    readAll(tree, top)
    expect(tree.missing(0, 9)).toEqual([])
    tree.refresh()
    expect([0, 1, 2].map((index) => tree.rowAt(index)?.row.path)).toEqual(['d0', 'd0/f0', 'f1'])
    expect(tree.missing(0, 9)).toEqual([
      { folder: '', from: 0 },
      { folder: 'd0', from: 0 },
    ])
    tree.put('d0', 0, { total: 1, rows: [{ ...rowsOf([undefined], 'd0')[0]!, restriction: 'link' }] })
    expect(tree.rowAt(1)?.row.restriction).toBe('link')
    expect(tree.missing(0, 9)).toEqual([{ folder: '', from: 0 }])
  })

  test('leaves what is no folder, or is nowhere, as it is', () => {
    const tree = new PagedTree(pageRows)
    readAll(tree, [undefined])
    tree.toggle('f0', true)
    tree.toggle('nowhere', true)
    tree.toggle('', false)
    tree.put('nowhere', 0, { total: 5, rows: [] })
    expect(tree.count).toBe(1)
  })
})

function allFolders(children: Shape, folder: string): readonly string[] {
  return rowsOf(children, folder).flatMap(({ path, kind }, at) =>
    kind === 'folder' ? [path, ...allFolders(children[at] ?? [], path)] : [],
  )
}
