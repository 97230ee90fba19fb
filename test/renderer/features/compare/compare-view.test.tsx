import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go } from '../../../../src/renderer/navigation.ts'
import type { Comparison, EntryComparison, LiveComparison } from '../../../../src/shared/model/comparison.ts'
import { windowCompare as words } from '../../../../src/shared/text/en/window-compare.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice, sampleRecord } from '../../support/samples.ts'

const view = sampleDevice(1)
const [older, newer] = [sampleRecord(view, 1), sampleRecord(view, 2)]
const side = { sizeBytes: 10 }

const comparison: Comparison = {
  changes: [
    { path: 'etc/adjtime', change: 'changed', before: side, after: side, noise: ['runtime-state'] },
    { path: 'etc/hosts', change: 'changed', before: side, after: side },
    { path: 'srv/new.json', change: 'added', after: side },
  ],
  totals: { added: 1, removed: 0, changed: 2 },
  unchanged: 1203,
}
const text = (content: string) => ({
  kind: 'text' as const,
  language: 'json' as const,
  encoding: 'utf-8',
  text: content,
  masked: 0,
  sizeBytes: content.length,
  truncated: false,
})
const entry: EntryComparison = {
  before: text('{"a":1,"x":1}'),
  after: text('{"a":2,"x":2}'),
  isSame: false,
  meaning: {
    changes: [
      { path: 'a', change: 'changed', before: '1', after: '2' },
      { path: 'x', change: 'changed', before: '1', after: '2', noise: 'canvas-position' },
      { path: 'user.passwordHash', change: 'changed', isSecret: true },
    ],
    total: 3,
    noise: 1,
  },
}

async function open(answers: { readonly comparison?: Comparison; readonly entry?: EntryComparison } = {}) {
  const { main, user } = await openWindow({ devices: [view] })
  main.answer({
    'archives.list': () => ({ records: [older, newer], damaged: [] }),
    'compare.archives': () => answers.comparison ?? comparison,
    'compare.entry': () => answers.entry ?? entry,
  })
  main.send('archives.changed', undefined)
  go({ view: 'compare', before: older.id, after: newer.id })
  return { main, user }
}

const rowsOf = (name: string): readonly string[] =>
  within(screen.getByRole('grid', { name }))
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent)

test('noise is hidden and counted, and comes back at the press of a switch', async () => {
  const { user } = await open()
  await screen.findByText('etc/hosts')
  expect(rowsOf(words.table)).toEqual(['etc/hosts', 'srv/new.json'])
  expect(screen.getByText(/1 added, 0 removed, 2 changed, 1,203 unchanged/).textContent).toMatch(
    /1 × state of the running system/,
  )
  await user.click(screen.getByRole('switch', { name: words.noise('1') }))
  expect(rowsOf(words.table)).toEqual(['etc/adjtime', 'etc/hosts', 'srv/new.json'])
})

test('a change is found by name', async () => {
  const { user } = await open()
  await screen.findByText('etc/hosts')
  await user.keyboard('/NEW')
  expect(rowsOf(words.table)).toEqual(['srv/new.json'])
  await user.keyboard('zzz')
  expect(await screen.findByText(words.noneFound)).toBeDefined()
})

test('where everything is noise it says so and offers it', async () => {
  const { user } = await open({
    comparison: {
      ...comparison,
      changes: comparison.changes.slice(0, 1),
      totals: { added: 0, removed: 0, changed: 1 },
    },
  })
  expect(await screen.findByText(words.onlyNoise)).toBeDefined()
  await user.click(screen.getByRole('button', { name: words.showNoise }))
  expect(rowsOf(words.table)).toEqual(['etc/adjtime'])
})

test('a document shows what it means, then its text, and never a secret', async () => {
  const { user } = await open()
  await user.click(await screen.findByText('etc/hosts'))
  await screen.findByRole('tab', { name: /By meaning/ })
  expect(rowsOf(words.meaning)).toEqual(['a', 'user.passwordHash'])
  expect(screen.getByText(words.secret)).toBeDefined()
  await user.click(screen.getByRole('tab', { name: words.text }))
  expect(screen.queryByRole('grid', { name: words.meaning })).toBeNull()
})

test('what is only in one archive, or is no text, is said', async () => {
  const { user } = await open({
    entry: { isSame: false, after: { kind: 'hex', bytesBase64: '', sizeBytes: 10, truncated: false } },
  })
  await user.click(await screen.findByText('srv/new.json'))
  expect(await screen.findByText(/Only in the archive of .* It is not text\. Size: 10 B/)).toBeDefined()
})

test('the sides are swapped in place', async () => {
  const { main, user } = await open()
  await user.click(await screen.findByRole('button', { name: words.swap }))
  await screen.findByText('etc/hosts')
  const asked = main.asked.filter(({ name }) => name === 'compare.archives').map(({ input }) => input)
  expect(asked.at(-1)).toEqual({
    before: { archiveId: newer.id, inside: [] },
    after: { archiveId: older.id, inside: [] },
  })
})

test('10,000 changes are a list of which only what is in sight is drawn', async () => {
  const changes = Array.from({ length: 10_000 }, (_, at) => ({
    path: `f${String(at).padStart(5, '0')}`,
    change: 'added' as const,
    after: side,
  }))
  const { user } = await open({
    comparison: { changes, totals: { added: 10_000, removed: 0, changed: 0 }, unchanged: 0 },
  })
  await screen.findByText('f00000')
  expect(screen.getAllByRole('rowheader').length).toBeLessThan(200)
  const before = performance.now()
  await user.keyboard('/f09999')
  expect(rowsOf(words.table)).toEqual(['f09999'])
  expect(performance.now() - before).toBeLessThan(2000)
})

test('an archive and its device now: what differs, when it was read, and again', async () => {
  const { main, user } = await openWindow({ devices: [view] })
  const live: LiveComparison = {
    readAt: '2026-11-21T06:00:00.000Z',
    meaning: {
      changes: [
        { path: 'system.hostname', change: 'changed', before: '"a"', after: '"b"' },
        { path: 'apps.x.$path', change: 'removed', before: '"/x"', noise: 'file-references' },
      ],
      total: 2,
      noise: 1,
    },
  }
  let readings = 0
  main.answer({
    'archives.list': () => ({ records: [older], damaged: [] }),
    'compare.live': () => {
      readings += 1
      return readings === 1
        ? live
        : { ...live, readAt: '2026-11-21T06:05:00.000Z', meaning: { changes: [], total: 0, noise: 0 } }
    },
  })
  go({ view: 'compare-live', archiveId: older.id, deviceId: view.device.id })
  await screen.findByText('system.hostname')
  expect(rowsOf(words.meaning)).toEqual(['system.hostname'])
  expect(screen.getByText('1 setting differs')).toBeDefined()
  await user.click(screen.getByRole('button', { name: words.live.again }))
  expect(await screen.findByText(words.live.same)).toBeDefined()
})
