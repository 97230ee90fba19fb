import { setImmediate } from 'node:timers/promises'
import { familyOf } from '../../src/main/families/index.ts'
import { checkFit } from '../../src/main/restore/check-fit.ts'
import { createJudge, prepareFleet, type Fleet } from '../../src/main/restore/fit-fleet.ts'
import { createPacer } from '../../src/main/restore/pacer.ts'
import { CellPlane } from '../../src/shared/compatibility/fit-matrix.ts'
import { fleetDevices, fleetRecords } from '../main/restore/sample-fleet.ts'
import { inTurns, type BenchRow } from './in-turns.ts'

const plant = 1000
const sliceMs = 5

/**
 * A thousand archives by a thousand devices of five families: the matrix, slices and pauses included, against the full
 * check of every pair.
 */
export async function benchFit(rounds = 3): Promise<readonly BenchRow[]> {
  const { signal } = new AbortController()
  const fleet = await prepareFleet({
    familyOf,
    records: fleetRecords(plant),
    devices: fleetDevices(plant),
    statedOf: () => ({}),
    pacer: createPacer(sliceMs, signal),
  })
  return [
    await inTurns('judge 1,000 x 1,000 pairs / full check of each', rounds, {
      ours: async () => await judgeAll(fleet, signal),
      peer: async () => await checkAll(fleet),
    }),
  ]
}

async function judgeAll({ archives, devices }: Fleet, signal: AbortSignal): Promise<void> {
  const judge = createJudge(familyOf)
  const plane = new CellPlane(archives.length, devices.length)
  const pacer = createPacer(sliceMs, signal)
  for (const [row, archive] of archives.entries()) {
    for (const [column, device] of devices.entries()) {
      if (pacer.isDue()) await pacer.pause()
      plane.set(row, column, judge(archive, device).kind)
    }
  }
}

async function checkAll({ archives, devices }: Fleet): Promise<void> {
  let fits = 0
  for (const { record, facts } of archives) {
    // As the app would: something else may run between two rows.
    await setImmediate()
    for (const { device, target } of devices) {
      const { verdict } = checkFit({ familyOf, record, archive: facts, device, target, depth: 'pair' })
      if (verdict === 'fits') fits += 1
    }
  }
  if (fits > archives.length * devices.length) throw new Error('More fit than there are.')
}
