import { screen } from '@testing-library/react'
import { Archive, HardDrive } from 'lucide-react'
import { describe, expect, test, vi } from 'vitest'
import { Button } from '../../../src/renderer/ui/actions/button.tsx'
import { List } from '../../../src/renderer/ui/data/list.tsx'
import { Timeline } from '../../../src/renderer/ui/data/timeline.tsx'
import { TextField } from '../../../src/renderer/ui/fields/text-field.tsx'
import { Dialog } from '../../../src/renderer/ui/layout/dialog.tsx'
import { Panel } from '../../../src/renderer/ui/layout/panel.tsx'
import { Sidebar } from '../../../src/renderer/ui/layout/sidebar.tsx'
import { SplitPane } from '../../../src/renderer/ui/layout/split-pane.tsx'
import { Stepper } from '../../../src/renderer/ui/layout/stepper.tsx'
import { Tabs } from '../../../src/renderer/ui/layout/tabs.tsx'
import { applyTheme } from '../../../src/renderer/ui/theme.ts'
import { renderUi } from './render-ui.tsx'

describe('a dialog', () => {
  test('is named by its title, takes the focus and closes on Escape', async () => {
    const onClose = vi.fn()
    const { user } = renderUi(
      <Dialog isOpen onClose={onClose} title="Delete 3 archives?" role="alertdialog">
        They go to the trash.
      </Dialog>,
    )
    const dialog = screen.getByRole('alertdialog', { name: 'Delete 3 archives?' })
    expect(dialog.contains(document.activeElement)).toBe(true)
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('that must not be lost has neither close button nor Escape', async () => {
    const onClose = vi.fn()
    const { user } = renderUi(
      <Dialog isOpen onClose={onClose} title="Restoring" isClosable={false}>
        PRESS-7 is being changed.
      </Dialog>,
    )
    await user.keyboard('{Escape}')
    expect(onClose).not.toHaveBeenCalled()
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  })

  test('with a form is submitted by Enter in a field', async () => {
    const onSubmit = vi.fn()
    const { user } = renderUi(
      <Dialog
        isOpen
        onClose={vi.fn()}
        title="Add a device"
        onSubmit={onSubmit}
        actions={<Button label="Add" type="submit" variant="primary" />}
      >
        <TextField label="Name" value="PRESS-7" onChange={vi.fn()} isAutoFocused />
      </Dialog>,
    )
    await user.keyboard('{Enter}')
    expect(onSubmit).toHaveBeenCalledOnce()
  })
})

describe('a stepper', () => {
  const steps = [
    { id: 'archive', label: 'Archive', note: 'PRESS-7', state: 'done' },
    { id: 'review', label: 'Review', state: 'current' },
    { id: 'restore', label: 'Restore', state: 'ahead' },
  ] as const

  test('names the current step, draws the point of no return in its place and goes back to done steps', async () => {
    const onSelect = vi.fn()
    const { user } = renderUi(
      <Stepper
        label="Steps"
        steps={steps}
        pointOfNoReturn={{ before: 'restore', label: 'Point of no return' }}
        onSelect={onSelect}
      />,
    )
    const items = screen.getAllByRole('listitem')
    expect(items.map((item) => item.textContent)).toEqual([
      'doneArchivePRESS-7',
      '2current stepReview',
      'Point of no return',
      '3not startedRestore',
    ])
    expect(items[1]?.getAttribute('aria-current')).toBe('step')
    expect(screen.getAllByRole('button')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Archive' }))
    expect(onSelect).toHaveBeenCalledWith('archive')
  })
})

test('tabs move with the arrow keys and show one content', async () => {
  const onSelect = vi.fn()
  const { user } = renderUi(
    <Tabs
      label="Details"
      onSelect={onSelect}
      items={[
        { id: 'a', label: 'Overview', content: 'First' },
        { id: 'b', label: 'Archives', note: '14', content: 'Second' },
      ]}
    />,
  )
  await user.tab()
  await user.keyboard('{ArrowRight}')
  expect(onSelect).toHaveBeenLastCalledWith('b')
  expect(screen.getByRole('tabpanel').textContent).toBe('Second')
})

test('the navigation marks the current page and tells a press', async () => {
  const onSelect = vi.fn()
  const { user } = renderUi(
    <Sidebar
      label="Main"
      selected="devices"
      onSelect={onSelect}
      sections={[
        {
          id: 'all',
          items: [
            { id: 'devices', label: 'Devices', icon: HardDrive, note: '60' },
            { id: 'archives', label: 'Archives', icon: Archive },
          ],
        },
      ]}
    />,
  )
  expect(screen.getByRole('navigation', { name: 'Main' })).toBeDefined()
  expect(screen.getByRole('button', { current: 'page' }).textContent).toBe('Devices60')
  await user.click(screen.getByRole('button', { name: 'Archives' }))
  expect(onSelect).toHaveBeenCalledWith('archives')
})

test('a panel with a title is a region of that name', () => {
  renderUi(<Panel title="Identity">X7</Panel>)
  expect(screen.getByRole('region', { name: 'Identity' }).textContent).toBe('IdentityX7')
})

test('the divider of a split pane can be reached and has a name', async () => {
  const { user } = renderUi(<SplitPane label="Width of the list" first="List" second="Details" />)
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole('separator', { name: 'Width of the list' }))
})

test('a list has sections, selects with the arrow keys and opens with Enter', async () => {
  const onSelectionChange = vi.fn()
  const onOpen = vi.fn()
  const { user } = renderUi(
    <List
      label="Archives"
      selectionMode="single"
      onSelectionChange={onSelectionChange}
      onOpen={onOpen}
      sections={[
        { id: 'today', title: 'Today', items: [{ id: 'a', label: 'PRESS-7', description: '07:05' }] },
        { id: 'old', title: 'Last week', items: [{ id: 'b', label: 'gateway' }] },
      ]}
    />,
  )
  await user.tab()
  await user.keyboard('{ArrowDown}')
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['b']))
  await user.keyboard('{Enter}')
  expect(onOpen).toHaveBeenCalledWith('b')
  expect(screen.getByText('Last week')).toBeDefined()
})

test('a protocol names the severity of each line and shows device text as text', () => {
  renderUi(
    <Timeline
      label="Protocol"
      lines={[{ id: '1', tone: 'bad', toneLabel: 'Error', time: '07:05', text: '<b>080F0100</b>' }]}
    />,
  )
  expect(screen.getByRole('list', { name: 'Protocol' }).tabIndex).toBe(0)
  expect(screen.getByRole('listitem').textContent).toBe('07:05Error<b>080F0100</b>')
})

test('a theme is put on the page', () => {
  applyTheme('dark')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  applyTheme('system')
  expect(document.documentElement.dataset['theme']).toBe('system')
})
