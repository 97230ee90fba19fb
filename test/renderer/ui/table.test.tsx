import { createEvent, fireEvent, screen, within } from '@testing-library/react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { Table } from '../../../src/renderer/ui/data/table.tsx'
import type { Column, Selected, TableProps } from '../../../src/renderer/ui/data/table.tsx'
import { renderUi } from './render-ui.tsx'

interface Device {
  readonly id: string
  readonly name: string
  readonly archives: number
}

const columns: readonly Column<Device>[] = [
  { id: 'name', label: 'Name', render: (row) => row.name, sortValue: (row) => row.name, isRowHeader: true },
  {
    id: 'archives',
    label: 'Archives',
    render: (row) => String(row.archives),
    sortValue: (row) => row.archives,
    width: 90,
  },
]
const devices: readonly Device[] = ['PRESS-10', 'PRESS-7', 'LABELLER', 'gateway'].map((name, index) => ({
  id: `dev-${String(index)}`,
  name,
  archives: index,
}))
const idOf = (row: Device): string => row.id

function Devices(props: Partial<TableProps<Device>>): ReactElement {
  const [selected, setSelected] = useState<Selected>(new Set())
  return (
    <Table
      label="Devices"
      rows={devices}
      rowId={idOf}
      rowText={(row) => row.name}
      columns={columns}
      selectionMode="multiple"
      selectedKeys={selected}
      {...props}
      onSelectionChange={(keys) => {
        setSelected(keys)
        props.onSelectionChange?.(keys)
      }}
    />
  )
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Devices' })
const names = (): readonly (string | null)[] =>
  screen.getAllByRole('rowheader').map((cell) => cell.textContent)
const selectedNames = (): readonly string[] =>
  screen.getAllByRole('row', { selected: true }).map((row) => within(row).getByRole('rowheader').textContent)
const cursorName = (): string | undefined => {
  const row = document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')
  return row === null ? undefined : within(row).getByRole('rowheader').textContent
}

describe('with the keyboard', () => {
  test('arrows move and select, Shift extends, Ctrl moves alone', async () => {
    const { user } = renderUi(<Devices />)
    await user.tab()
    expect(document.activeElement).toBe(grid())
    await user.keyboard('{ArrowDown}')
    expect(selectedNames()).toEqual(['PRESS-7'])
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(selectedNames()).toEqual(['PRESS-7', 'LABELLER', 'gateway'])
    await user.keyboard('{Control>}{ArrowUp}{/Control}')
    expect(cursorName()).toBe('LABELLER')
    expect(selectedNames()).toHaveLength(3)
  })

  test('Ctrl-A selects all and Ctrl-Space takes one out', async () => {
    const { user } = renderUi(<Devices />)
    await user.tab()
    await user.keyboard('{Control>}a{/Control}')
    expect(selectedNames()).toHaveLength(4)
    await user.keyboard('{Control>} {/Control}')
    expect(selectedNames()).toEqual(['PRESS-7', 'LABELLER', 'gateway'])
  })

  test('letters jump to a row, Enter opens it, Space previews it, Delete asks for the selection', async () => {
    const onOpen = vi.fn()
    const onPreview = vi.fn()
    const onDelete = vi.fn()
    const { user } = renderUi(<Devices onOpen={onOpen} onPreview={onPreview} onDelete={onDelete} />)
    await user.tab()
    await user.keyboard('g{Enter} {Delete}')
    expect(onOpen).toHaveBeenCalledWith(devices[3])
    expect(onPreview).toHaveBeenCalledWith(devices[3])
    expect(onDelete).toHaveBeenCalledWith(new Set(['dev-3']))
  })

  test('the slash is left to the search field', async () => {
    const onKeyDown = vi.fn()
    const { user } = renderUi(
      <div onKeyDown={onKeyDown}>
        <Devices />
      </div>,
    )
    await user.tab()
    await user.keyboard('/')
    expect(onKeyDown).toHaveBeenCalledOnce()
  })

  test('headers are one tab stop: arrows move, Enter sorts, Alt with arrows changes the width', async () => {
    const onWidthsChange = vi.fn()
    const { user } = renderUi(<Devices onWidthsChange={onWidthsChange} />)
    await user.tab()
    await user.tab()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    expect(names()).toEqual(['gateway', 'LABELLER', 'PRESS-7', 'PRESS-10'])
    await user.keyboard('{Enter}')
    expect(names()).toEqual(['PRESS-10', 'PRESS-7', 'LABELLER', 'gateway'])
    await user.keyboard('{ArrowRight}{Alt>}{ArrowRight}{/Alt}')
    expect(document.activeElement).toBe(screen.getByRole('columnheader', { name: 'Archives' }))
    expect(onWidthsChange).toHaveBeenCalledWith({ archives: 56 })
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(grid())
  })

  test('with check boxes, arrows move without selecting and Space toggles', async () => {
    const { user } = renderUi(<Devices selectionLook="checkbox" />)
    await user.tab()
    await user.keyboard('{ArrowDown} {ArrowDown} ')
    expect(selectedNames()).toEqual(['PRESS-7', 'LABELLER'])
    await user.keyboard(' ')
    expect(selectedNames()).toEqual(['PRESS-7'])
  })
})

describe('with the mouse', () => {
  test('a click selects, Ctrl adds, Shift extends, a double click opens', async () => {
    const onOpen = vi.fn()
    const { user } = renderUi(<Devices onOpen={onOpen} />)
    await user.click(screen.getByText('PRESS-10'))
    await user.keyboard('{Control>}')
    await user.click(screen.getByText('LABELLER'))
    await user.keyboard('{/Control}')
    expect(selectedNames()).toEqual(['PRESS-10', 'LABELLER'])
    await user.keyboard('{Shift>}')
    await user.click(screen.getByText('gateway'))
    await user.keyboard('{/Shift}')
    expect(selectedNames()).toEqual(['LABELLER', 'gateway'])
    await user.dblClick(screen.getByText('PRESS-7'))
    expect(onOpen).toHaveBeenCalledWith(devices[1])
  })

  test('a right click selects the row and opens its menu; the menu key does the same', async () => {
    const onAction = vi.fn()
    const { user } = renderUi(
      <Devices
        menu={(row) => [[{ id: 'b', label: `Back up ${row.name}`, onAction: () => onAction(row.name) }]]}
      />,
    )
    fireEvent.contextMenu(screen.getByText('LABELLER'), { clientX: 5, clientY: 5 })
    expect(selectedNamesBehindMenu()).toEqual(['LABELLER'])
    await user.click(screen.getByRole('menuitem', { name: 'Back up LABELLER' }))
    expect(onAction).toHaveBeenCalledWith('LABELLER')
    fireEvent.contextMenu(grid())
    expect(screen.getByRole('menuitem', { name: 'Back up LABELLER' })).toBeDefined()
  })

  test('a right click on one of several selected rows keeps them all', () => {
    const menu = vi.fn((): [] => [])
    renderUi(<Devices selectedKeys={new Set(['dev-1', 'dev-2'])} menu={menu} />)
    fireEvent.contextMenu(screen.getByText('LABELLER'))
    expect(menu).toHaveBeenLastCalledWith(devices[2], new Set(['dev-1', 'dev-2']))
  })

  test('the box over the check boxes selects all and none', async () => {
    const onSelectionChange = vi.fn()
    const { user } = renderUi(<Devices selectionLook="checkbox" onSelectionChange={onSelectionChange} />)
    await user.click(screen.getByRole('checkbox'))
    expect(selectedNames()).toHaveLength(4)
    await user.click(screen.getByRole('checkbox'))
    expect(onSelectionChange).toHaveBeenLastCalledWith(new Set())
  })
})

/** Behind an open menu the page is hidden from assistive technology. */
function selectedNamesBehindMenu(): readonly string[] {
  return [...document.querySelectorAll('[role=row][aria-selected=true] [role=rowheader]')].map(
    (cell) => cell.textContent,
  )
}

test('the cursor stays on its row when the rows are sorted', async () => {
  const { user } = renderUi(<Devices />)
  await user.click(screen.getByText('LABELLER'))
  await user.click(screen.getByRole('columnheader', { name: 'Name' }))
  expect(names()[1]).toBe('LABELLER')
  expect(cursorName()).toBe('LABELLER')
})

test('coming back, the cursor is on the selected row', () => {
  renderUi(<Devices selectedKeys={new Set(['dev-2'])} />)
  expect(cursorName()).toBe('LABELLER')
})

test('of ten thousand rows only those in sight are in the page, and their number is told', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    id: `d${String(index)}`,
    name: `N${String(index)}`,
    archives: 0,
  }))
  renderUi(<Devices rows={many} />)
  expect(screen.getAllByRole('rowheader').length).toBeLessThan(60)
  expect(grid().getAttribute('aria-rowcount')).toBe('10001')
})

test('without rows the empty state stands in their place', () => {
  renderUi(<Devices rows={[]} empty={<p>No device yet.</p>} />)
  expect(screen.getByText('No device yet.')).toBeDefined()
  expect(grid().getAttribute('aria-activedescendant')).toBeNull()
})

describe('dropping', () => {
  const drop = (
    onDrop: (name: string, payload: string) => void,
  ): NonNullable<TableProps<Device>['drop']> => ({
    types: ['application/x-archive'],
    answer: (row) =>
      row.id === 'dev-0'
        ? { verdict: 'fits', label: 'Fits', accepts: true }
        : { verdict: 'blocked', label: 'Blocked', reason: 'other architecture', accepts: false },
    onDrop: (row, transfer) => onDrop(row.name, transfer.getData('application/x-archive')),
  })
  const transfer = (type: string): Pick<DataTransfer, 'types' | 'getData' | 'dropEffect'> => ({
    types: [type],
    getData: () => 'archive-1',
    dropEffect: 'none',
  })

  test('while something fitting is dragged, each row says in words whether it fits', () => {
    renderUi(<Devices drop={drop(vi.fn())} />)
    expect(screen.queryByText('Blocked')).toBeNull()
    fireEvent.dragEnter(document.body, { dataTransfer: transfer('application/x-archive') })
    expect(screen.getAllByText('Blocked')).toHaveLength(3)
    expect(screen.getAllByText('other architecture')).toHaveLength(3)
    fireEvent.dragEnd(document.body)
    expect(screen.queryByText('Blocked')).toBeNull()
  })

  test('something else being dragged shows nothing', () => {
    renderUi(<Devices drop={drop(vi.fn())} />)
    fireEvent.dragEnter(document.body, { dataTransfer: transfer('text/plain') })
    expect(screen.queryByText('Blocked')).toBeNull()
  })

  test('a drop is handed over only where the row accepts it', () => {
    const onDrop = vi.fn()
    renderUi(<Devices drop={drop(onDrop)} />)
    const dataTransfer = transfer('application/x-archive')
    fireEvent.drop(screen.getByText('PRESS-7'), { dataTransfer })
    expect(onDrop).not.toHaveBeenCalled()
    const over = createEvent.dragOver(screen.getByText('PRESS-10'), { dataTransfer })
    fireEvent(screen.getByText('PRESS-10'), over)
    expect(over.defaultPrevented).toBe(true)
    fireEvent.drop(screen.getByText('PRESS-10'), { dataTransfer })
    expect(onDrop).toHaveBeenCalledExactlyOnceWith('PRESS-10', 'archive-1')
  })

  test('dragging a row that is not selected takes that row alone', () => {
    const setData = vi.fn()
    renderUi(
      <Devices
        drag={{
          type: 'application/x-archive',
          payload: (_, selected) => [...selected].join(),
          label: (row) => row.name,
        }}
      />,
    )
    fireEvent.click(screen.getByText('gateway'))
    fireEvent.dragStart(screen.getByText('PRESS-7'), { dataTransfer: { setData, setDragImage: vi.fn() } })
    expect(setData).toHaveBeenCalledWith('application/x-archive', 'dev-1')
    expect(selectedNames()).toEqual(['PRESS-7'])
  })
})
