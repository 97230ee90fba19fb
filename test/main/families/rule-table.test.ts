import { expect, test } from 'vitest'
import { families } from '../../../src/main/families/index.ts'
import { familyRule } from '../../../src/main/restore/check-fit.ts'
import { archiveRules, pairRules } from '../../../src/shared/compatibility/generic-rules.ts'
import type { StepDraft } from '../../../src/shared/model/restore.ts'
import { restoreOptionsSchema } from '../../../src/shared/model/restore.ts'
import {
  sampleDevice as deviceOnDevice,
  sampleIdentity as deviceOnIdentity,
  sampleRecord as deviceOnRecord,
} from './deviceon-server/sample.ts'
import { newContext, newWorkbench } from '../workbench.ts'

const judged = new Set(
  [
    ...Object.values(families).flatMap(({ rules }) => rules),
    ...archiveRules,
    ...pairRules,
    familyRule('linux-host', 'linux-host'),
  ].map(({ id }) => id),
)

const numbered = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, place) => `${letter}${String(place + 1)}`)

/** Rules about what is done rather than about what is: a step of the DeviceOn procedure sees to each. */
const steps: Readonly<Record<string, string>> = { D3: 'baseline', D5: 'compare-hash', D6: 'look-at-portal' }

test.each([
  ...numbered('C', 5),
  ...numbered('D', 13).filter((id) => !(id in steps)),
  ...numbered('E', 22),
  ...numbered('G', 5),
  'P2a',
])('%s is a row of a rule table', (id) => {
  expect(judged).toContain(id)
})

test.each(Object.entries(steps))('%s is the step “%s” of the DeviceOn procedure', (_id, step) => {
  const source = deviceOnIdentity({}, 'recorded')
  const plan = families['deviceon-server'].planRestore({
    device: deviceOnDevice(),
    record: deviceOnRecord(),
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: undefined },
    target: deviceOnIdentity(),
    options: restoreOptionsSchema.parse({}),
  })
  const ids = (plan.procedure ?? []).map(({ id }: StepDraft) => id)
  expect(ids).toContain(step)
})

test('G6: however new the last identity is, it is read anew for the plan and again right before the changing call', async () => {
  const bench = await newWorkbench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  const device = await bench.inventory.get(bench.added.id)
  bench.device.calls.length = 0
  const plan = await bench.planRestore(record.id, device, restoreOptionsSchema.parse({}), newContext().signal)
  expect(bench.device.calls).toContain('identify')
  bench.device.calls.length = 0
  await bench.restore(plan, undefined, newContext())
  const { calls } = bench.device
  expect(calls[calls.indexOf('commit') - 1]).toBe('identify')
})
