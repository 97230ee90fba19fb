import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import { searchIdSchema, type SearchHit, type SearchState } from '../../../../src/shared/model/search.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevices, sampleRecord } from '../../support/samples.ts'

const devices = sampleDevices(2)
const record = sampleRecord(devices[0]!, 1)
const long = sampleRecord(devices[1]!, 1)
const another = searchIdSchema.parse('search-00000000000a')
/** Every search has an id of its own. */
let searches = 0
let id = searchIdSchema.parse('search-000000000000')

const state: SearchState = {
  id,
  query: { text: 'setpoint', in: 'contents', matchCase: false },
  scope: { kind: 'vault' },
  phase: 'running',
  archivesDone: 0,
  archivesTotal: 200,
  archivesWithHits: 0,
  bytesDone: 0,
  hits: 0,
  isCapped: false,
  skipped: [],
  skippedCount: 0,
}

const hit: SearchHit = {
  archiveId: record.id,
  inside: ['plc.app'],
  path: 'etc/motor/\u202eini.rotom',
  sizeBytes: 100,
  content: { matches: 3, line: 17, before: '<b>speed=', match: 'SetPoint', after: '=42</b>' },
}

let running = state

async function openSearch(hits: readonly SearchHit[] = [hit]) {
  searches += 1
  id = searchIdSchema.parse(`search-${String(searches).padStart(12, '0')}`)
  running = { ...state, id }
  const opened = await openWindow({ devices })
  opened.main.answer({
    'search.start': () => running,
    'search.cancel': () => true,
    'search.hits': ({ from, count }) => hits.slice(from, from + count),
  })
  await opened.user.keyboard('{Control>}3{/Control}')
  await screen.findByRole('searchbox', { name: 'Text to find' })
  return opened
}

test('says what to do while nothing was searched for, and the field has the focus', async () => {
  await openSearch()
  expect(screen.getByText(/press Enter/)).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Text to find' }))
})

test('Enter begins, hits appear as they are found, and Enter on one opens it in its archive, at the text', async () => {
  const { main, user } = await openSearch()
  await user.keyboard('setpoint{Enter}')
  await screen.findByText('0 files in 0 of 200 archives, 0 B read')
  expect(main.inputsOf('search.start')).toEqual([{ query: running.query, scope: { kind: 'vault' } }])
  main.send('search.changed', {
    ...running,
    hits: 1,
    archivesWithHits: 1,
    archivesDone: 18,
    bytesDone: 3.2e9,
  })
  const row = await screen.findByRole('row', { name: /SetPoint/ })
  expect(screen.getByText('1 file in 1 of 200 archives, 3.0 GiB read')).toBeTruthy()
  expect(within(row).getByText('SetPoint').tagName).toBe('MARK')
  expect(row.textContent).toContain('<b>speed=')
  expect(row.textContent).toContain('<U+202E>ini.rotom')
  expect(row.textContent).toContain('plc.app › etc/motor')
  await user.click(row)
  await user.keyboard('{Enter}')
  expect(placeOf(navigation.getState())).toEqual({
    view: 'browse',
    archiveId: record.id,
    inside: ['plc.app'],
    entry: hit.path,
    find: { text: 'setpoint', matchCase: false },
  })
})

test('a file is opened at the text that led to it, whatever is typed meanwhile', async () => {
  const { main, user } = await openSearch()
  await user.keyboard('setpoint{Enter}')
  await screen.findByRole('button', { name: 'Cancel' })
  main.send('search.changed', { ...running, phase: 'done', hits: 1 })
  await user.keyboard(' of the motor')
  await user.click(await screen.findByRole('row', { name: /SetPoint/ }))
  await user.click(screen.getByRole('button', { name: 'Open in its archive' }))
  expect(placeOf(navigation.getState())).toMatchObject({ find: { text: 'setpoint', matchCase: false } })
})

test('a file that was found by its name is opened from its beginning', async () => {
  const { archiveId, inside, path, sizeBytes } = hit
  const { main, user } = await openSearch([{ archiveId, inside, path, sizeBytes }])
  await user.keyboard('motor{Enter}')
  await screen.findByRole('button', { name: 'Cancel' })
  main.send('search.changed', { ...running, phase: 'done', hits: 1 })
  await user.click(await screen.findByRole('row', { name: /ini\.rotom/ }))
  await user.keyboard('{Enter}')
  expect(placeOf(navigation.getState())).not.toHaveProperty('find')
})

test('cancel keeps what was found and says how far it was', async () => {
  const { main, user } = await openSearch()
  await user.keyboard('setpoint{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(main.inputsOf('search.cancel')).toEqual([{ id }])
  main.send('search.changed', { ...running, phase: 'cancelled', hits: 1, archivesDone: 7 })
  await screen.findByText('Cancelled. 1 file up to then; 7 of 200 archives were searched.')
  await screen.findByRole('row', { name: /SetPoint/ })
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
})

test('nothing found is not said of what could not be searched', async () => {
  const { main, user } = await openSearch([])
  await user.keyboard('setpoint{Enter}')
  await screen.findByRole('button', { name: 'Cancel' })
  const failure = { code: 'archive-truncated', archive: 'backup.zip', detail: 'it stops' } as const
  const skipped = [{ archiveId: long.id, inside: ['a.zip'], failure }]
  main.send('search.changed', { ...running, phase: 'done', skipped, skippedCount: 1 })
  await screen.findByText(/“setpoint” was not found in what was searched/)
  await user.click(screen.getByText('1 place could not be searched'))
  expect(screen.getByText(/› a\.zip: /)).toBeTruthy()
  main.answer({ 'search.start': () => ({ ...running, id: another, phase: 'done' as const }) })
  await user.click(screen.getByRole('button', { name: 'Search', description: '' }))
  await screen.findByText('“setpoint” was not found.')
})

test('a search that ended before it was answered is not waited for', async () => {
  const { main, user } = await openSearch([])
  main.answer({
    'search.start': () => {
      main.send('search.changed', { ...running, phase: 'done', archivesTotal: 0 })
      return running
    },
  })
  await user.keyboard('setpoint{Enter}')
  await screen.findByText('“setpoint” was not found.')
})

test('names, case and one device are told to main', async () => {
  const { main, user } = await openSearch()
  await user.keyboard('motor')
  await user.click(screen.getByRole('button', { name: /Look in/ }))
  await user.click(await screen.findByRole('option', { name: 'Names' }))
  await user.click(screen.getByRole('button', { name: /Archives/, expanded: false }))
  await user.click(await screen.findByRole('option', { name: `Archives of ${devices[0]!.device.name}` }))
  await user.click(screen.getByRole('checkbox', { name: 'Match case' }))
  await user.type(screen.getByRole('searchbox', { name: 'Text to find' }), '{Enter}')
  await waitFor(() =>
    expect(main.inputsOf('search.start')).toEqual([
      {
        query: { text: 'motor', in: 'names', matchCase: true },
        scope: { kind: 'device', deviceId: devices[0]!.device.id },
      },
    ]),
  )
})

test('ten thousand hits are fetched in pages, and only those in sight are in the page', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...hit, path: `f-${String(index)}` }))
  const { main, user } = await openSearch(many)
  await user.keyboard('setpoint{Enter}')
  await screen.findByRole('button', { name: 'Cancel' })
  main.send('search.changed', { ...running, phase: 'done', hits: 10_000, isCapped: true })
  await screen.findByText(/There are more than 10,000 files/)
  const grid = await screen.findByRole('grid', { name: 'Files found' })
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('10001'))
  expect(screen.getAllByRole('row').length).toBeLessThan(200)
})

test('the palette searches for what was typed into it', async () => {
  const { main, user } = await openSearch()
  await user.keyboard('{Control>}k{/Control}')
  await user.keyboard('set')
  await user.click(await screen.findByRole('menuitem', { name: 'Search all archives for “set”' }))
  await waitFor(() => expect(main.inputsOf('search.start')).toHaveLength(1))
  expect(placeOf(navigation.getState()).view).toBe('search')
})
