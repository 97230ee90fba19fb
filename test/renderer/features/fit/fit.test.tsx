import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fitCells } from '../../../../src/renderer/features/fit/fit-cells.ts'
import { fitState } from '../../../../src/renderer/features/fit/fit-state.ts'
import { archivesStore } from '../../../../src/renderer/stores/archives.ts'
import { navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import { cellKinds, type CellKind } from '../../../../src/shared/compatibility/fit-matrix.ts'
import type { RequestInput, RequestOutput } from '../../../../src/shared/ipc/contract.ts'
import { windowFit as german } from '../../../../src/shared/text/de/window-fit.ts'
import { windowFit as words } from '../../../../src/shared/text/en/window-fit.ts'
import { fleetDevices, fleetRecords } from '../../../main/restore/sample-fleet.ts'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'

// A thousand devices in a window, on a machine that others use, too.
vi.setConfig({ testTimeout: 60_000 })

const plant = 1000
const devices = fleetDevices(plant)
const records = fleetRecords(plant * 2).filter((_, number) => number % 2 === 0)

/** The kind of a cell by the places of its row and column: each kind takes its turn. */
const kindAt = (row: number, column: number): CellKind =>
  cellKinds[(row + column) % cellKinds.length] ?? 'fits'

function summaryOf(
  { filter, isCounted }: RequestInput<'fit.summary'>,
  generation = 1,
): RequestOutput<'fit.summary'> {
  const shown = devices.filter(({ name }) => name.includes(filter.device ?? ''))
  return {
    generation,
    archiveIds: records.map(({ id }) => id),
    deviceIds: shown.map(({ id }) => id),
    ...(isCounted && {
      counts: { fits: 12_345, cautions: 1, unknown: 2, blocked: 3, 'other-family': 4 },
    }),
  }
}

function blockOf({ archiveIds, deviceIds }: RequestInput<'fit.matrix'>): RequestOutput<'fit.matrix'> {
  const outcomes = cellKinds.map((kind) => ({
    kind,
    deciding: {
      rule: 'F1',
      reason: 'differs',
      result: 'blocker' as const,
      hard: true,
      overridable: false,
      facts: {},
      source: 'the test',
      archiveValue: { value: 'value of the archive' },
      deviceValue: { value: `value of the device, ${kind}` },
    },
  }))
  const rowOf = new Map(records.map(({ id }, place) => [id as string, place]))
  const columnOf = new Map(devices.map(({ id }, place) => [id as string, place]))
  return {
    generation: 1,
    outcomes,
    cells: archiveIds.flatMap((archive) =>
      deviceIds.map((device) =>
        cellKinds.indexOf(kindAt(rowOf.get(archive) ?? 0, columnOf.get(device) ?? 0)),
      ),
    ),
    identityReadAt: deviceIds.map(() => '2026-11-20T06:00:00.000Z'),
  }
}

/** The view's own stores outlive it; each test begins as the window does. */
function beginAnew(): void {
  fitState.setState(fitState.getInitialState(), true)
  fitCells.setState(fitCells.getInitialState(), true)
}

async function openFit(settings: Readonly<{ language?: 'de' }> = {}) {
  beginAnew()
  const views = devices.map((device) => ({ device, credentials: 'none' as const, archives: 1 }))
  const opened = await openWindow({ devices: views, settings })
  opened.main.answer({
    'devices.list': () => views,
    'archives.list': () => ({ records, damaged: [] }),
    'fit.summary': summaryOf,
    'fit.matrix': blockOf,
  })
  opened.main.send('archives.changed', undefined)
  await waitFor(() => expect(archivesStore.getState().byId.size).toBe(plant))
  const { title, grid } = settings.language === 'de' ? german : words
  await opened.user.click(screen.getByRole('button', { name: title }))
  return { ...opened, grid: await screen.findByRole('grid', { name: grid }) }
}

const details = () => screen.getByRole('region', { name: words.details })
const keys = (grid: HTMLElement, ...pressed: readonly [string, boolean?][]) => {
  fireEvent.focus(grid)
  for (const [key, ctrlKey = false] of pressed) fireEvent.keyDown(grid, { key, ctrlKey })
}

test('of a thousand by a thousand only the cells in sight are in the page', async () => {
  const { grid } = await openFit()
  expect(grid.getAttribute('aria-rowcount')).toBe('1001')
  expect(grid.getAttribute('aria-colcount')).toBe('1001')
  const cells = grid.querySelectorAll('[role=gridcell]')
  expect(cells.length).toBeGreaterThan(50)
  expect(cells.length).toBeLessThan(900)
  expect(grid.querySelectorAll('[role=row]').length).toBeLessThan(40)
})

test('only the blocks in sight are asked for, and each once', async () => {
  const { main, grid } = await openFit()
  await waitFor(() => expect(grid.querySelector('[aria-label^="Not judged"]')).toBeNull())
  const asked = main.inputsOf('fit.matrix')
  expect(asked).toHaveLength(1)
  expect(asked[0]!.archiveIds.length).toBeLessThanOrEqual(48)
  expect(asked[0]!.deviceIds.length).toBeLessThanOrEqual(64)
})

test('every cell has a word beside its symbol and colour', async () => {
  const { grid } = await openFit()
  await waitFor(() => expect(grid.querySelector('[aria-label^="Not judged"]')).toBeNull())
  const labels = [...grid.querySelectorAll('[role=gridcell]')].map((cell) => cell.getAttribute('aria-label'))
  for (const kind of cellKinds)
    expect(labels.some((label) => label?.startsWith(`${words.legend[kind]}: `))).toBe(true)
})

test('pointing at a cell shows its rule, both values, what to do and the age of the identity', async () => {
  const { grid } = await openFit()
  await waitFor(() => expect(grid.querySelector('[aria-label^="Not judged"]')).toBeNull())
  fireEvent.pointerMove(grid.querySelector('[data-row="1"][data-column="2"]')!)
  await waitFor(() => expect(details().textContent).toContain(devices[2]!.name))
  const { textContent } = details()
  for (const part of ['value of the archive', 'value of the device, blocked', 'F1', words.identityAge])
    expect(textContent).toContain(part)
  expect(textContent).toContain('Choose a device of the kind that made this archive.')
})

test('the keyboard moves over the cells and shows the same', async () => {
  const { grid } = await openFit()
  keys(grid, ['ArrowDown'], ['ArrowRight'], ['ArrowRight'])
  await waitFor(() => expect(details().textContent).toContain(devices[2]!.name))
  expect(details().textContent).toContain(records[1]!.device.name)
  keys(grid, ['End'])
  await waitFor(() => expect(details().textContent).toContain(devices[plant - 1]!.name))
  keys(grid, ['Home', true])
  await waitFor(() => expect(details().textContent).toContain(devices[0]!.name))
  expect(document.getElementById(grid.getAttribute('aria-activedescendant')!)?.dataset['row']).toBe('0')
})

test('Enter goes to the restore of that archive to that device', async () => {
  const { grid } = await openFit()
  keys(grid, ['ArrowRight'], ['Enter'])
  expect(placeOf(navigation.getState())).toEqual({
    view: 'restore',
    archiveId: records[0]!.id,
    deviceId: devices[1]!.id,
  })
})

test('the legend counts, and a press on it asks for what has such a cell', async () => {
  const { main, user } = await openFit()
  const legend = screen.getByRole('group', { name: words.legendLabel })
  await within(legend).findByText('12,345')
  await user.click(within(legend).getByRole('button', { name: /Blocked/ }))
  await waitFor(() => expect(main.inputsOf('fit.summary').at(-1)?.filter.kind).toBe('blocked'))
  expect(
    within(legend)
      .getByRole('button', { name: /Blocked/ })
      .getAttribute('aria-pressed'),
  ).toBe('true')
})

test('filters that leave nothing say so and are taken back with one press', async () => {
  const { user } = await openFit()
  await user.type(screen.getByRole('searchbox', { name: words.device }), 'nobody')
  await screen.findByText(words.nothingFound)
  await user.click(screen.getByRole('button', { name: words.clear }))
  await screen.findByRole('grid', { name: words.grid })
})

test('without devices the way to the first one is shown', async () => {
  beginAnew()
  const { main, user } = await openWindow({ devices: [] })
  main.answer({ 'fit.summary': () => ({ generation: 1, archiveIds: [], deviceIds: [] }) })
  await user.click(screen.getByRole('button', { name: words.title }))
  await screen.findByText(words.noDevices)
})

test('a failure of main is shown with its next step', async () => {
  beginAnew()
  const { main, user } = await openWindow({ devices: [] })
  main.answer({ 'fit.summary': failing({ code: 'file-unreadable', file: 'inventory.json', reason: 'EIO' }) })
  await user.click(screen.getByRole('button', { name: words.title }))
  expect((await screen.findByRole('alert')).textContent).toContain('inventory.json')
})

test('in German every word of the view is German', async () => {
  const { grid } = await openFit({ language: 'de' })
  await waitFor(() => expect(grid.querySelector('[aria-label^="Noch nicht"]')).toBeNull())
  expect(screen.getByText(german.subtitle)).toBeTruthy()
  expect(grid.querySelector('[aria-label^="Passt: "]')).not.toBeNull()
  expect(screen.queryByText(words.newestOnly)).toBeNull()
})
