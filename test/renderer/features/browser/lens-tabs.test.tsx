import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { LensTabs } from '../../../../src/renderer/features/browser/lens-tabs.tsx'
import type { Lens } from '../../../../src/shared/model/lens.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { connect } from '../../support/open-window.tsx'
import { FakeMain, failing } from '../../support/fake-main.ts'
import { renderUi } from '../../ui/render-ui.tsx'

const place = { archiveId: archiveIdSchema.parse('20261121t050500z-press-8-aabbcc'), inside: [] }
const identity: Lens = {
  id: 'identity',
  columns: [
    { id: 'fact', kind: 'code' },
    { id: 'value', kind: 'text' },
  ],
  rows: [
    ['model', 'ctrlX CORE X7'],
    ['password-set', true],
    ['a-code-of-tomorrow', 'shown as it came\u202e'],
  ],
  isCapped: false,
}
const users: Lens = {
  id: 'users',
  columns: [
    { id: 'name', kind: 'mono' },
    { id: 'password', kind: 'mono' },
  ],
  rows: [
    ['zoe', { secret: true }],
    ['adam', { secret: true }],
    ['eve', null],
  ],
  isCapped: true,
}
const apps: Lens = {
  id: 'apps',
  columns: [
    { id: 'name', kind: 'mono' },
    { id: 'size', kind: 'size' },
    { id: 'file', kind: 'entry' },
  ],
  rows: [['rexroth-plc', 2048, 'packageManagement/plc.app']],
  isCapped: false,
}

let main: FakeMain
let shown: string[]

const view = (
  <LensTabs place={place} onShowEntry={(path) => shown.push(path)}>
    <p>the tree</p>
  </LensTabs>
)

beforeEach(() => {
  shown = []
  main = new FakeMain({
    'browse.lenses': () => [identity, users, apps],
    'browse.reveal': ({ row }) => `secret of row ${String(row)}`,
  })
  connect(main)
})

const rowTexts = (table: string): readonly string[] =>
  within(screen.getByRole('grid', { name: table }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent)

test('the files come first; the tables stand beside them in tabs', async () => {
  renderUi(view)
  expect(screen.getByText('the tree')).toBeDefined()
  await screen.findByRole('tab', { name: 'Overview' })
  const tabs = screen.getAllByRole('tab')
  expect(tabs.map((tab) => tab.textContent)).toEqual(['Files', 'Overview', 'Apps', 'Users'])
  expect(screen.getByText('the tree')).toBeDefined()
})

test('what a person types above the files goes on when the tables arrive', async () => {
  let arrive: (lenses: readonly Lens[]) => void = () => undefined
  main.answer({
    'browse.lenses': async () => await new Promise<readonly Lens[]>((resolve) => (arrive = resolve)),
  })
  const { user } = renderUi(
    <LensTabs place={place} onShowEntry={() => undefined}>
      <input aria-label="filter" />
    </LensTabs>,
  )
  await user.click(screen.getByLabelText('filter'))
  await user.keyboard('setup')
  arrive([identity])
  await screen.findByRole('tab', { name: 'Overview' })
  await user.keyboard('.json')
  expect(screen.getByLabelText<HTMLInputElement>('filter').value).toBe('setup.json')
})

test('codes are words, and what a device wrote cannot turn the line around', async () => {
  const { user } = renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Overview' }))
  expect(rowTexts('Source')).toEqual([
    'ModelctrlX CORE X7',
    'Secrets are protected with a passwordyes',
    'a-code-of-tomorrowshown as it came<U+202E>',
  ])
})

test('German, too', async () => {
  main.answer({ 'browse.lenses': () => [identity] })
  const { settingsStore } = await import('../../../../src/renderer/stores/settings.ts')
  settingsStore.setState(({ settings }) => ({ settings: { ...settings, language: 'de' } }))
  const { user } = renderUi(view, 'de')
  await user.click(await screen.findByRole('tab', { name: 'Überblick' }))
  expect(rowTexts('Quelle')[1]).toBe('Geheimnisse sind mit einem Passwort geschütztja')
})

test('a secret is asked for one at a time, and is forgotten with the view', async () => {
  const { user, unmount } = renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Users' }))
  expect(screen.getByText(/first 3 rows/)).toBeDefined()
  const [first] = screen.getAllByRole('button', { name: 'Show Password or hash' })
  expect(screen.getAllByRole('button', { name: 'Show Password or hash' })).toHaveLength(2)
  await user.click(first!)
  await screen.findByText('secret of row 0')
  expect(main.inputsOf('browse.reveal')).toEqual([{ place, lens: 'users', row: 0, column: 1 }])
  expect(screen.queryByText('secret of row 1')).toBeNull()
  await user.click(screen.getByRole('tab', { name: 'Files' }))
  await user.click(screen.getByRole('tab', { name: 'Users' }))
  expect(screen.getByText('secret of row 0')).toBeDefined()
  unmount()
  renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Users' }))
  expect(screen.queryByText('secret of row 0')).toBeNull()
})

test('a sorted table asks for the secret of the row that was pressed', async () => {
  const { user } = renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Users' }))
  await user.click(screen.getByRole('columnheader', { name: /Name/ }))
  expect(rowTexts('Users').map((text) => text.slice(0, 3))).toEqual(['ada', 'eve', 'zoe'])
  await user.click(screen.getAllByRole('button', { name: 'Show Password or hash' })[0]!)
  await waitFor(() => expect(main.inputsOf('browse.reveal').at(-1)).toMatchObject({ row: 1 }))
})

test('one filter goes over all tables of a tab', async () => {
  const { user } = renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Users' }))
  await user.type(screen.getByRole('searchbox'), 'ADA')
  expect(rowTexts('Users')).toHaveLength(1)
  await user.type(screen.getByRole('searchbox'), 'x')
  expect(screen.getByText('No row of these tables has this in it.')).toBeDefined()
})

test('a row leads to its file with the keyboard alone', async () => {
  const { user } = renderUi(view)
  await user.click(await screen.findByRole('tab', { name: 'Apps' }))
  screen.getByRole('grid', { name: 'Apps' }).focus()
  await user.keyboard('{Enter}')
  expect(shown).toEqual(['packageManagement/plc.app'])
  expect(await screen.findByText('the tree')).toBeDefined()
})

test('an archive without tables is its files and nothing else', async () => {
  main.answer({ 'browse.lenses': () => [] })
  renderUi(view)
  await waitFor(() => expect(main.inputsOf('browse.lenses')).toHaveLength(1))
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Files'])
  expect(screen.getByText('the tree')).toBeDefined()
})

test('tables that cannot be made say why, and the files stay', async () => {
  main.answer({
    'browse.lenses': failing({ code: 'archive-ambiguous', archive: 'x.zip', detail: 'two setups' }),
  })
  const { user } = renderUi(view)
  expect(screen.getByText('the tree')).toBeDefined()
  await user.click(await screen.findByRole('tab', { name: 'Overview' }))
  expect(screen.getByText(/more than one way/)).toBeDefined()
})
