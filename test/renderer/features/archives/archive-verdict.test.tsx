import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go } from '../../../../src/renderer/navigation.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice, sampleRecord } from '../../support/samples.ts'

const device = sampleDevice(1)
const ok: ArchiveRecord = { ...sampleRecord(device, 1), verdict: { verdict: 'ok' } }
const older = sampleRecord(device, 2)
const limited: ArchiveRecord = {
  ...sampleRecord(device, 3),
  origin: 'backup',
  verdict: {
    verdict: 'view',
    reasons: [
      { restriction: 'unsafe-name', entries: 1200, example: 'log/a:\u202eb.txt' },
      { restriction: 'link', entries: 1, example: 'log/latest' },
    ],
  },
}
const opaque: ArchiveRecord = { ...sampleRecord(device, 4), container: 'opaque', proof: 'L1' }

interface Shown {
  readonly language?: 'en' | 'de'
  readonly records?: readonly ArchiveRecord[]
}

async function open({ language = 'en', records = [ok, older, limited, opaque] }: Shown = {}) {
  const { main, user } = await openWindow({ devices: [device], settings: { language } })
  main.answer({ 'archives.list': () => ({ records, damaged: [] }), 'fit.devices': () => [] })
  main.send('archives.changed', undefined)
  go({ view: 'archives' })
  const name = language === 'en' ? 'Archives' : 'Archive'
  const table = await screen.findByRole('grid', { name })
  await within(table).findAllByTitle(/\u202e|<U\+202E>/i)
  return { user, table }
}

/** What the list says of each archive, from the top. */
function words(table: HTMLElement): readonly string[] {
  return within(table)
    .getAllByText(/^(OK|Partly|Teils|–)$/)
    .map((cell) => cell.textContent)
}

test('the list says what each archive is worth in a word, and why when it is pointed at', async () => {
  const { table } = await open()
  expect(words(table)).toEqual(['OK', '–', 'Partly', '–'])
  const titles = within(table)
    .getAllByText(/^(OK|Partly|–)$/)
    .map((cell) => cell.closest('[title]')?.getAttribute('title'))
  expect(titles[0]).toMatch(/Everything in it can be taken out/)
  expect(titles[1]).toMatch(/stored before Ferrite wrote this down/)
  expect(titles[2]?.split('\n')).toEqual([
    'It can be looked into. Some entries are not taken out as they are.',
    expect.stringMatching(/^1,200 entries: a name that is not safe .* log\/a:<U\+202E>b\.txt$/) as string,
    expect.stringMatching(/^1 entry: a link; .* log\/latest$/) as string,
  ])
  expect(titles[3]).toMatch(/Only the kind of server/)
})

test('sorted by it, what is held back comes first, and what is not known last', async () => {
  const { user, table } = await open()
  await user.click(within(table).getByRole('columnheader', { name: 'Verdict' }))
  expect(words(table)).toEqual(['Partly', 'OK', '–', '–'])
})

test('only what others made warns: what Ferrite took itself goes back as it is', async () => {
  const { table } = await open({ records: [limited, { ...limited, id: older.id, origin: 'import' }] })
  const [own, imported] = within(table)
    .getAllByText('Partly')
    .map((cell) => cell.closest('[title]'))
  expect(imported?.querySelector('.lucide-triangle-alert')).not.toBeNull()
  expect(own?.querySelector('.lucide-triangle-alert')).toBeNull()
})

test('German has words of its own for it', async () => {
  const { table } = await open({ language: 'de' })
  expect(words(table)).toEqual(['OK', '–', 'Teils', '–'])
})

test('the record of an archive says what is held back, why, and whether it goes back to its device', async () => {
  const { user, table } = await open()
  await user.click(within(table).getByText('Partly'))
  const detail = await screen.findByRole('region', { name: device.device.name })
  expect(within(detail).getByText('With restrictions')).toBeDefined()
  const notice = within(detail)
    .getByText(/not taken out as it is:/)
    .closest('[role=note]')
  expect(notice?.textContent).toMatch(/1,200 entries: .*log\/a:<U\+202E>b\.txt/)
  expect(notice?.textContent).toMatch(/It can be restored all the same/)
  expect(detail.textContent).not.toContain('\u202e')
})

test('the record of an archive in which all can be used, and of one that nobody judged, says so quietly', async () => {
  const { user, table } = await open()
  await user.click(within(table).getByText('OK'))
  const detail = await screen.findByRole('region', { name: device.device.name })
  expect(within(detail).getByText(/Everything in it can be taken out/)).toBeDefined()
  expect(within(detail).queryByText(/not taken out as it is:/)).toBeNull()
  await user.click(within(table).getAllByText('–')[0]!)
  expect(await within(detail).findByText('Not known')).toBeDefined()
  expect(within(detail).getByText(/stored before Ferrite wrote this down/)).toBeDefined()
})
