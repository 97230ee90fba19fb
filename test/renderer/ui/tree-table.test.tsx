import { screen } from '@testing-library/react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, test, vi } from 'vitest'
import { TreeTable } from '../../../src/renderer/ui/data/tree-table.tsx'
import { renderUi } from './render-ui.tsx'

interface Entry {
  readonly id: string
  readonly level: number
}

/** Two folders of two files each. */
function Files({
  onRowsShown,
}: {
  readonly onRowsShown?: (first: number, end: number) => void
}): ReactElement {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['a']))
  const rows: Entry[] = ['a', 'b'].flatMap((folder) => [
    { id: folder, level: 1 },
    ...(open.has(folder) ? ['1', '2'].map((file) => ({ id: `${folder}${file}`, level: 2 })) : []),
  ])
  return (
    <TreeTable<Entry>
      label="Files"
      columns={[{ id: 'name', label: 'Name', render: (row) => row.id, isRowHeader: true }]}
      rowCount={rows.length}
      rowAt={(index) => rows[index]}
      rowId={(row) => row.id}
      selectionMode="single"
      onRowsShown={onRowsShown}
      tree={{
        level: (row) => row.level,
        isExpanded: (row) => (row.level === 1 ? open.has(row.id) : undefined),
        onToggle: (row, expand) => {
          const next = new Set(open)
          if (expand) next.add(row.id)
          else next.delete(row.id)
          setOpen(next)
        },
      }}
    />
  )
}

const names = (): readonly (string | null)[] =>
  screen.getAllByRole('rowheader').map((cell) => cell.textContent)
const cursor = (): string | null | undefined =>
  document.getElementById(screen.getByRole('treegrid').getAttribute('aria-activedescendant') ?? '')
    ?.textContent

test('rows say how deep they lie and whether they are open', () => {
  renderUi(<Files />)
  const [, folder, file] = screen.getAllByRole('row')
  expect(folder?.getAttribute('aria-expanded')).toBe('true')
  expect(folder?.getAttribute('aria-level')).toBe('1')
  expect(file?.getAttribute('aria-expanded')).toBeNull()
  expect(file?.getAttribute('aria-level')).toBe('2')
})

test('Right opens and goes in, Left goes out and closes', async () => {
  const { user } = renderUi(<Files />)
  await user.tab()
  await user.keyboard('{ArrowRight}')
  expect(cursor()).toBe('a1')
  await user.keyboard('{ArrowDown}{ArrowLeft}')
  expect(cursor()).toBe('a')
  await user.keyboard('{ArrowLeft}')
  expect(names()).toEqual(['a', 'b'])
  await user.keyboard('{ArrowDown}{ArrowRight}')
  expect(names()).toEqual(['a', 'b', 'b1', 'b2'])
})

test('a row that is not loaded keeps its place and says so', () => {
  renderUi(
    <TreeTable<Entry>
      label="Files"
      columns={[{ id: 'name', label: 'Name', render: () => '' }]}
      rowCount={1_000_000}
      rowAt={() => undefined}
      rowId={() => ''}
      tree={{ level: () => 1, isExpanded: () => undefined, onToggle: vi.fn() }}
    />,
  )
  expect(screen.getAllByText('Loading').length).toBeGreaterThan(5)
  expect(screen.getAllByRole('row').length).toBeLessThan(60)
})

test('the rows in sight are asked for', () => {
  const onRowsShown = vi.fn()
  renderUi(<Files onRowsShown={onRowsShown} />)
  expect(onRowsShown).toHaveBeenCalledWith(0, 4)
})
