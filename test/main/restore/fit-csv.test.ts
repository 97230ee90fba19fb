import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { familyOf } from '../../../src/main/families/index.ts'
import { fitDocument } from '../../../src/main/printing/fit-document.ts'
import { htmlDocument } from '../../../src/main/printing/document.ts'
import { recordedFacts } from '../../../src/main/restore/archive-facts.ts'
import { csvField, fitColumns, fitCsv } from '../../../src/main/restore/fit-csv.ts'
import { createJudge } from '../../../src/main/restore/fit-fleet.ts'
import type { Pair } from '../../../src/main/restore/fit-matrix.ts'
import { fitPage } from '../../../src/main/restore/fit-page.ts'
import { saveFile } from '../../../src/main/storage/save-file.ts'
import type { Device } from '../../../src/shared/model/device.ts'
import { fleetDevices, fleetRecords } from './sample-fleet.ts'

const judge = createJudge(familyOf)

function pairs(change: Partial<Device> = {}): readonly Pair[] {
  const devices = fleetDevices(10).map((device) => ({ ...device, ...change }))
  return fleetRecords(10).flatMap((record) => {
    const family = familyOf(record.family)
    const archive = { record, facts: recordedFacts({ family, record, stated: {}, hashMatches: undefined }) }
    return devices.map((each) => {
      const targetDevice = { name: each.name, address: each.address, pinned: true }
      const device = { device: each, target: each.identity, targetDevice }
      return { archive, device, ...judge(archive, device) }
    })
  })
}

async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item)
}

async function csvOf(items: readonly Pair[], isForSpreadsheet = false): Promise<string> {
  const pieces = []
  for await (const piece of fitCsv(streamOf(items), { language: 'en', isForSpreadsheet })) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Reads quoted fields as RFC 4180 says. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, field = '']) => field.replaceAll('""', '"'))
}

test('one line a pair, under the names of the columns', async () => {
  const all = pairs()
  const lines = (await csvOf(all)).split('\r\n')
  expect(fieldsOf(lines[0]!)).toEqual(fitColumns)
  expect(lines).toHaveLength(all.length + 2)
  expect(lines.at(-1)).toBe('')
  const [archiveId, archiveDevice, deviceId, device, verdict, rule, reason] = fieldsOf(lines[2]!)
  const second = all[1]!
  expect([archiveId, deviceId]).toEqual([second.archive.record.id, second.device.device.id])
  expect([archiveDevice, device]).toEqual(['Machine 0 of hall 0', 'Machine 1 of hall 1'])
  expect([verdict, rule]).toEqual(['blocked', 'F1'])
  expect(reason).toContain('kind')
})

test('only the spreadsheet gets the mark that says UTF-8', async () => {
  expect((await csvOf([], true)).codePointAt(0)).toBe(0xfeff)
  expect((await csvOf([])).startsWith('"archiveId"')).toBe(true)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u200b=1', '＝1'])(
  'a name %j is no formula to a spreadsheet',
  (name) => {
    const [shown] = fieldsOf(csvField(name))
    expect(shown).not.toMatch(/^\s*[=+\-@＝]/)
    expect(shown).not.toMatch(/[\t\r\n]/)
  },
)

test('whatever a name is, its field is one field without control characters, and no formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
      const field = csvField(name)
      expect(fieldsOf(field)).toHaveLength(1)
      expect(field).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(field).not.toMatch(/^"[=+\-@]/)
    }),
  )
})

test('a page lists pairs of one kind of device and counts the others', async () => {
  const page = await fitPage(streamOf(pairs()), { language: 'en', now: new Date('2026-11-28T10:00:00Z') })
  expect(page.counts['other-family']).toBe(80)
  expect(page.lines).toHaveLength(20)
  expect(page.leftOut).toBe(0)
  const html = htmlDocument(fitDocument(page))
  expect(html).toContain('Machine 5 of hall 5')
  expect(html).toContain('80')
})

test('a name that is markup or turns the writing around is printed as text', async () => {
  const page = await fitPage(streamOf(pairs({ name: '<script>a</script>\u202eb' })), { language: 'de' })
  const html = htmlDocument(fitDocument(page))
  expect(html).not.toContain('<script>')
  expect(html).not.toContain('\u202e')
})

async function newFile(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-save-'))
  onTestFinished(async () => await rm(folder, { recursive: true }))
  return { folder, file: join(folder, 'fit.csv') }
}

test('a saved file is whole and alone in its folder', async () => {
  const { folder, file } = await newFile()
  await saveFile(file, fitCsv(streamOf(pairs()), { language: 'de', isForSpreadsheet: false }), neverAborted)
  expect((await readFile(file, 'utf8')).split('\r\n')).toHaveLength(102)
  expect(await readdir(folder)).toEqual(['fit.csv'])
})

test('where the source breaks off, the former file stays as it was', async () => {
  const { folder, file } = await newFile()
  await writeFile(file, 'former')
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from('half'))
    throw new Error('line dropped')
  }
  await expect(saveFile(file, broken(), neverAborted)).rejects.toThrow('line dropped')
  expect(await readFile(file, 'utf8')).toBe('former')
  expect(await readdir(folder)).toEqual(['fit.csv'])
})

const neverAborted = new AbortController().signal
