import { afterEach, expect, test, vi } from 'vitest'
import { restoreOptionsSchema } from '../../../src/shared/model/restore.ts'
import { Confirmations } from '../../../src/main/restore/confirmations.ts'
import { newContext, newWorkbench } from '../workbench.ts'

afterEach(() => {
  vi.useRealTimers()
})

async function aPlan() {
  const bench = await newWorkbench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  const device = await bench.inventory.get(bench.added.id)
  return await bench.planRestore(record.id, device, restoreOptionsSchema.parse({}), newContext().signal)
}

test.each(['', 'press-7', 'PRESS-7 ', 'PRESS-77'])('typing “%s” does not confirm PRESS-7', async (typed) => {
  const plan = await aPlan()
  expect(() => {
    Confirmations.checkName(plan, typed)
  }).toThrow('confirmation-wrong')
})

test('a token works once, for its plan only', async () => {
  const plan = await aPlan()
  const confirmations = new Confirmations()
  const token = confirmations.issue(plan)
  confirmations.use(token, plan)
  expect(() => {
    confirmations.use(token, plan)
  }).toThrow('confirmation-missing')
  const other = confirmations.issue(plan)
  expect(() => {
    confirmations.use(other, { ...plan, hash: '0'.repeat(64) })
  }).toThrow('confirmation-missing')
})

test('a token is worth nothing after a minute', async () => {
  const plan = await aPlan()
  vi.useFakeTimers({ toFake: ['performance'] })
  const confirmations = new Confirmations()
  const token = confirmations.issue(plan)
  vi.advanceTimersByTime(60_001)
  expect(() => {
    confirmations.use(token, plan)
  }).toThrow('confirmation-missing')
})
