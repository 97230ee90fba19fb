import { beforeAll, describe, expect, test } from 'vitest'
import { departures } from '../../../src/practice/ctrlx-core/departures.ts'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import type { ProfileId } from '../../../src/practice/ctrlx-core/profiles.ts'
import { profiles } from '../../../src/practice/ctrlx-core/profiles.ts'
import { findRoute } from '../../../src/practice/ctrlx-core/route.ts'
import { routes } from '../../../src/practice/ctrlx-core/routes.ts'
import { isDeparture } from './departure.ts'
import type { Violation } from './referee.ts'
import { Referee } from './referee.ts'
import { tour } from './tour.ts'
import { findVendorFiles } from './vendor-files.ts'

const vendor = findVendorFiles()
const releases = Object.keys(profiles) as ProfileId[]
const exchanges: RecordedExchange[] = []

/** Tours one after the other; each one is checked against its description as it ends. */
describe('a tour over everything that a release can do', () => {
  test.for(releases)('keeps to the description of %s', async (profile) => {
    const seen = await tour(profile)
    expect(seen.length).toBeGreaterThan(60)
    exchanges.push(...seen)
  })

  test('has been at every route of the simulator and was served', () => {
    const served = new Set<string>()
    for (const { profile, method, path, status } of exchanges) {
      const { pathname } = new URL(path, 'https://device')
      const found = findRoute(routes, profiles[profile], { method, path: pathname })
      if (found !== undefined && status < 300) served.add(`${method} ${found.route.pattern}`)
    }
    const missed = routes
      .map(({ method, pattern }) => `${method} ${pattern}`)
      .filter((route) => !served.has(route))
    // Commissioning is refused on a device that is in use; identity-manager.test.ts does it on a fresh one.
    expect(missed).toEqual(['POST /identity-manager/api/v2/setup'])
  })
})

describe.runIf(vendor.found)('the list of departures', () => {
  const violations: Violation[] = []

  beforeAll(async () => {
    const referee = new Referee(vendor.found ? vendor.folder : '')
    for (const exchange of exchanges) violations.push(...(await referee.check(exchange)))
  })

  test('has no row that the simulator does not need', () => {
    const idle = departures.filter((row) => !violations.some((violation) => isDeparture(row, violation)))
    expect(idle.map(({ part, method, path, status }) => ({ part, method, path, status }))).toEqual([])
  })

  test('gives a reason for each of its rows', () => {
    expect(departures.filter(({ reason }) => reason.length < 10)).toEqual([])
  })
})
