import { expect, test, vi } from 'vitest'
import { restoreOptionsSchema, type RestorePlan } from '../../../src/shared/model/restore.ts'
import type { Dialogs } from '../../../src/main/app/dialogs.ts'
import type { Ferrite } from '../../../src/main/compose.ts'
import { restoreHandlers } from '../../../src/main/ipc/handlers/restore-handlers.ts'
import { JobRunner } from '../../../src/main/jobs/runner.ts'
import { createToFailure } from '../../../src/main/jobs/to-failure.ts'
import { Confirmations } from '../../../src/main/restore/confirmations.ts'
import { newContext, newWorkbench } from '../workbench.ts'

/** The handlers over real use cases; only main's dialog is answered by the test. */
async function newHandlers(pressed: boolean) {
  const bench = await newWorkbench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  const device = await bench.inventory.get(bench.added.id)
  const plan = await bench.planRestore(record.id, device, restoreOptionsSchema.parse({}), newContext().signal)
  const jobs = new JobRunner({ toFailure: createToFailure(() => undefined) })
  const confirmRestore = vi.fn((_plan: RestorePlan) => Promise.resolve(pressed))
  const ferrite = { ...bench, jobs, confirmations: new Confirmations() } as unknown as Ferrite
  const handlers = restoreHandlers(ferrite, { confirmRestore } as unknown as Dialogs)
  return { bench, plan, jobs, handlers, confirmRestore, signal: new AbortController().signal }
}

// H29, I07
test('a restore starts only with the token that main made after its own dialog', async () => {
  const { bench, plan, jobs, handlers, confirmRestore, signal } = await newHandlers(true)
  const { token } = await handlers['restore.confirm']({ planId: plan.id, typedName: 'PRESS-7' }, signal)
  expect(confirmRestore.mock.calls).toEqual([[plan]])
  const id = await handlers['restore.start']({ planId: plan.id, token }, signal)
  expect((await jobs.wait(id)).state).toMatchObject({ phase: 'done', result: { report: { clean: true } } })
  expect(bench.device.calls.filter((call) => call === 'commit')).toHaveLength(1)
  expect(() => handlers['restore.start']({ planId: plan.id, token }, signal)).toThrow('not-found')
})

test('without the dialog’s yes there is no token', async () => {
  const { bench, plan, handlers, signal } = await newHandlers(false)
  const confirm = handlers['restore.confirm']({ planId: plan.id, typedName: 'PRESS-7' }, signal)
  await expect(confirm).rejects.toThrow('confirmation-missing')
  expect(() => handlers['restore.start']({ planId: plan.id, token: 'guessed' }, signal)).toThrow(
    'confirmation-missing',
  )
  expect(bench.device.calls).not.toContain('commit')
})

test('a wrong name does not even open the dialog', async () => {
  const { plan, handlers, confirmRestore, signal } = await newHandlers(true)
  const confirm = handlers['restore.confirm']({ planId: plan.id, typedName: 'PRESS-8' }, signal)
  await expect(confirm).rejects.toThrow('confirmation-wrong')
  expect(confirmRestore).not.toHaveBeenCalled()
})
