import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Catalog } from '../../../src/main/catalog/catalog.ts'
import { Inventory } from '../../../src/main/devices/inventory.ts'
import { familyOf } from '../../../src/main/families/index.ts'
import { FitMatrix } from '../../../src/main/restore/fit-matrix.ts'
import { AnnotationBook } from '../../../src/main/vault/annotation-book.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { cellKinds, verdictOfCell } from '../../../src/shared/compatibility/fit-matrix.ts'
import { check } from '../../../src/shared/compatibility/check.ts'
import { recordRules } from '../../../src/shared/compatibility/generic-rules.ts'
import { recordedFacts } from '../../../src/main/restore/archive-facts.ts'
import { familyRule } from '../../../src/main/restore/check-fit.ts'
import { knownIdentity } from '../../../src/main/restore/identify-now.ts'
import { fitFilterSchema, type FitFilter } from '../../../src/shared/model/fit-filter.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { furnish } from './fleet-home.ts'
import { fleetDevices, fleetRecords } from './sample-fleet.ts'

const signal = new AbortController().signal
const filterOf = (filter: Partial<FitFilter> = {}): FitFilter => fitFilterSchema.parse(filter)

async function newMatrix(devices = 30, records = 60) {
  const home = await newFolder()
  const folder = await furnish(home, fleetDevices(devices), fleetRecords(records))
  const inventory = new Inventory(home)
  const catalog = new Catalog(await Vault.open(folder))
  const annotations = new AnnotationBook(folder)
  return {
    folder: join(home, 'vault'),
    inventory,
    catalog,
    annotations,
    matrix: new FitMatrix({ familyOf, inventory, catalog, annotations }),
  }
}

test('every cell has the verdict of the whole check by the same rules, and a finding that it names', async () => {
  const { matrix, catalog, inventory } = await newMatrix()
  const { archiveIds, deviceIds } = await matrix.summary(filterOf(), false, signal)
  const { cells } = await matrix.block(archiveIds, deviceIds, signal)
  expect(cells).toHaveLength(60 * 30)
  const devices = new Map((await inventory.list()).map((device) => [device.id, device]))
  for (const [row, archiveId] of archiveIds.entries()) {
    const record = catalog.get(archiveId)
    const family = familyOf(record.family)
    const archive = recordedFacts({ family, record, stated: {}, hashMatches: undefined })
    for (const [column, deviceId] of deviceIds.entries()) {
      const device = devices.get(deviceId)!
      const sameFamily = record.family === device.family
      const rules = [
        familyRule(record.family, device.family),
        ...(sameFamily ? [...family.rules, ...recordRules] : []),
      ]
      const target = knownIdentity(familyOf(device.family), device)
      const targetDevice = { name: device.name, address: device.address, pinned: true }
      const whole = check(rules, { record, archive, target, targetDevice })
      const cell = cells[row * deviceIds.length + column]!
      expect(verdictOfCell(cell.kind)).toBe(whole.verdict)
      expect(cell.kind === 'other-family').toBe(!sameFamily)
      expect(whole.findings).toContainEqual(cell.deciding)
    }
  }
})

test('the counts of a summary are those of its cells', async () => {
  const { matrix } = await newMatrix()
  const { archiveIds, deviceIds, counts } = await matrix.summary(filterOf(), true, signal)
  const { cells } = await matrix.block(archiveIds, deviceIds, signal)
  for (const kind of cellKinds)
    expect(counts?.[kind]).toBe(cells.filter((cell) => cell?.kind === kind).length)
  expect(Object.values(counts!).filter((count) => count > 0).length).toBeGreaterThan(2)
})

test('rows and columns of one family lie together, of one device the newest archive first', async () => {
  const { matrix, catalog } = await newMatrix()
  const { archiveIds } = await matrix.summary(filterOf(), false, signal)
  const families = archiveIds.map((id) => catalog.get(id).family)
  expect(families).toEqual(families.toSorted())
  const [first, second] = archiveIds.map((id) => catalog.get(id))
  expect(first?.device.id).toBe(second?.device.id)
  expect(first!.takenAt > second!.takenAt).toBe(true)
})

test.each<[Partial<FitFilter>, number, number]>([
  [{ newestOnly: true }, 30, 30],
  [{ family: 'linux-host' }, 12, 6],
  [{ archiveDevice: '12 HALL' }, 2, 30],
  [{ device: 'hall-3' }, 60, 3],
  [{ device: 'nobody' }, 60, 0],
])('%j leaves %i archives and %i devices', async (filter, archives, devices) => {
  const { matrix } = await newMatrix()
  const { archiveIds, deviceIds } = await matrix.summary(filterOf(filter), false, signal)
  expect([archiveIds.length, deviceIds.length]).toEqual([archives, devices])
})

test('a kind of cell leaves the rows and columns that have one', async () => {
  const { matrix } = await newMatrix()
  const kind = 'unknown'
  const { archiveIds, deviceIds } = await matrix.summary(filterOf({ kind }), true, signal)
  expect(archiveIds.length).toBeGreaterThan(0)
  const { cells } = await matrix.block(archiveIds, deviceIds, signal)
  for (const row of archiveIds.keys()) {
    const inRow = cells.slice(row * deviceIds.length, (row + 1) * deviceIds.length)
    expect(inRow.some((cell) => cell?.kind === kind)).toBe(true)
  }
  const pairs = []
  for await (const pair of matrix.pairs(filterOf({ kind }), signal)) pairs.push(pair.kind)
  expect(new Set(pairs)).toEqual(new Set([kind]))
})

test('a device that is learnt anew is judged anew', async () => {
  const { matrix, inventory } = await newMatrix()
  const before = await matrix.summary(filterOf({ family: 'ctrlx-core' }), true, signal)
  const device = (await inventory.list()).find(({ family }) => family === 'ctrlx-core')!
  await inventory.change(device.id, { identity: undefined })
  const after = await matrix.summary(filterOf({ family: 'ctrlx-core' }), true, signal)
  expect(after.generation).toBeGreaterThan(before.generation)
  expect(after.counts?.unknown).toBeGreaterThan(before.counts!.unknown)
})

test('an archive that is gone leaves a gap, and nothing fails', async () => {
  const { matrix } = await newMatrix(5, 4)
  const { archiveIds, deviceIds } = await matrix.summary(filterOf(), false, signal)
  const [stranger] = fleetRecords(100).slice(-1)
  const { cells } = await matrix.block([stranger!.id, ...archiveIds.slice(0, 1)], deviceIds, signal)
  expect(cells.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => undefined))
  expect(cells[5]).toBeDefined()
})

test('a change ends what was being judged for the former state', async () => {
  const { matrix, catalog } = await newMatrix(300, 600)
  const { generation } = await matrix.summary(filterOf(), false, signal)
  const waiting = failureOf(matrix.summary(filterOf(), true, signal))
  const [stranger] = fleetRecords(700).slice(-1)
  catalog.add(stranger!)
  expect(await waiting).toMatchObject({ code: 'cancelled' })
  const after = await matrix.summary(filterOf(), false, signal)
  expect(after.generation).toBeGreaterThan(generation)
  expect(after.archiveIds).toContain(stranger!.id)
})

test('a question that is given up ends', async () => {
  const { matrix } = await newMatrix(100, 200)
  const { archiveIds, deviceIds } = await matrix.summary(filterOf(), false, signal)
  const controller = new AbortController()
  const block = matrix.block(archiveIds, deviceIds, controller.signal)
  controller.abort(new Error('given up'))
  await expect(block).rejects.toThrow('given up')
})

test('others have their turn while all cells are judged', async () => {
  const { matrix } = await newMatrix(300, 600)
  await matrix.summary(filterOf(), false, signal)
  let turns = 0
  const counting = setInterval(() => (turns += 1), 1)
  await matrix.summary(filterOf(), true, signal)
  clearInterval(counting)
  expect(turns).toBeGreaterThan(0)
})
