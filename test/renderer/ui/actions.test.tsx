import { screen } from '@testing-library/react'
import { Search } from 'lucide-react'
import { expect, test, vi } from 'vitest'
import { Button } from '../../../src/renderer/ui/actions/button.tsx'
import { CommandPalette } from '../../../src/renderer/ui/actions/command-palette.tsx'
import { IconButton } from '../../../src/renderer/ui/actions/icon-button.tsx'
import { MenuButton } from '../../../src/renderer/ui/actions/menu.tsx'
import { renderUi } from './render-ui.tsx'

test('a button is pressed by mouse, Enter and Space', async () => {
  const onPress = vi.fn()
  const { user } = renderUi(<Button label="Back up" onPress={onPress} />)
  await user.click(screen.getByRole('button', { name: 'Back up' }))
  await user.keyboard('{Enter}')
  await user.keyboard(' ')
  expect(onPress).toHaveBeenCalledTimes(3)
})

test('a pending button keeps the focus and ignores presses', async () => {
  const onPress = vi.fn()
  const { user, again } = renderUi(<Button label="Connect" onPress={onPress} />)
  await user.tab()
  again(<Button label="Connect" onPress={onPress} isPending />)
  await user.keyboard('{Enter}')
  expect(onPress).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(screen.getByRole('button'))
})

test('a disabled button is not pressed and not reached', async () => {
  const onPress = vi.fn()
  const { user } = renderUi(<Button label="Restore" onPress={onPress} isDisabled />)
  await user.tab()
  expect(document.activeElement).toBe(document.body)
  await user.click(screen.getByRole('button'))
  expect(onPress).not.toHaveBeenCalled()
})

test('an icon button has its words as name and shows them with its keys on keyboard focus', async () => {
  const { user } = renderUi(<IconButton label="Search" icon={Search} keys="Ctrl+F" />)
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Search' }))
  expect((await screen.findByRole('tooltip')).textContent).toBe('SearchCtrlF')
})

test('a menu opens with the keyboard, runs the chosen action and gives the focus back', async () => {
  const onAction = vi.fn()
  const { user } = renderUi(
    <MenuButton
      label="More"
      groups={[
        [{ id: 'one', label: 'Verify', onAction: vi.fn() }],
        [],
        [{ id: 'two', label: 'Move to trash', onAction, isDangerous: true }],
      ]}
    />,
  )
  await user.tab()
  await user.keyboard('{Enter}')
  expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['Verify', 'Move to trash'])
  expect(screen.getAllByRole('separator')).toHaveLength(1)
  await user.keyboard('{ArrowDown}{Enter}')
  expect(onAction).toHaveBeenCalledOnce()
  expect(screen.queryByRole('menu')).toBeNull()
})

test('the command palette filters while typing and Enter runs the first match', async () => {
  const onAction = vi.fn()
  const onClose = vi.fn()
  const { user } = renderUi(
    <CommandPalette
      isOpen
      onClose={onClose}
      label="Commands"
      placeholder="Search"
      empty="No command matches."
      groups={[
        {
          id: 'a',
          title: 'Actions',
          commands: [{ id: 'verify', label: 'Verify the vault', onAction: vi.fn() }],
        },
        { id: 'd', title: 'Devices', commands: [{ id: 'p7', label: 'PRESS-7', onAction }] },
      ]}
    />,
  )
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Commands' }))
  await user.keyboard('press')
  expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['PRESS-7'])
  await user.keyboard('{Enter}')
  expect(onAction).toHaveBeenCalledOnce()
  expect(onClose).toHaveBeenCalled()
})

test('the command palette says when nothing matches', async () => {
  const { user } = renderUi(
    <CommandPalette
      isOpen
      onClose={vi.fn()}
      label="Commands"
      placeholder="Search"
      empty="No command matches."
      groups={[{ id: 'a', title: 'Actions', commands: [{ id: 'v', label: 'Verify', onAction: vi.fn() }] }]}
    />,
  )
  await user.keyboard('zzz')
  expect(screen.getByText('No command matches.')).toBeDefined()
})
