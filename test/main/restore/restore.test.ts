import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../../../src/shared/model/restore.ts'
import { newContext, newWorkbench } from '../workbench.ts'

const withSafetyBackup = restoreOptionsSchema.parse({})

async function planned(options: RestoreOptions = withSafetyBackup) {
  const bench = await newWorkbench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  bench.device.content = 'state of today'
  const device = await bench.inventory.get(bench.added.id)
  const plan = await bench.planRestore(record.id, device, options, newContext().signal)
  bench.device.calls.length = 0
  return { bench, record, plan }
}

async function stageOnDisk(home: string, planId: string): Promise<string> {
  const story = JSON.parse(await readFile(join(home, 'restores', `${planId}.json`), 'utf8')) as {
    stage: string
  }
  return story.stage
}

test('a restore backs the target up, reads the identity again and commits once, in this order', async () => {
  const { bench, plan } = await planned()
  const report = await bench.restore(plan, undefined, newContext())
  expect(bench.device.calls).toEqual([
    'connect',
    'identify',
    'backup',
    'prepare',
    'identify',
    'commit',
    'observe',
  ])
  expect(report).toMatchObject({ outcome: 'verified-new', clean: true })
  const safety = await bench.vault.read(report.safetyArchiveId!)
  expect(safety).toMatchObject({ origin: 'safety', proof: 'L2' })
})

test('the intent is on disk before the changing call is sent', async () => {
  const { bench, plan } = await planned()
  let stageAtCommit = ''
  bench.device.onCommit = async () => {
    stageAtCommit = await stageOnDisk(bench.home, plan.id)
    return { kind: 'accepted', handle: 'task-1' }
  }
  await bench.restore(plan, undefined, newContext())
  expect(stageAtCommit).toBe('intended')
  expect(await stageOnDisk(bench.home, plan.id)).toBe('ended')
})

test('a restore cannot be cancelled any more when the changing call is sent', async () => {
  const { bench, plan } = await planned()
  const context = newContext()
  let sealedAtCommit = false
  bench.device.onCommit = () => {
    sealedAtCommit = context.sealed
    return { kind: 'accepted', handle: 'task-1' }
  }
  await bench.restore(plan, undefined, context)
  expect(sealedAtCommit).toBe(true)
})

test('a failing safety backup keeps the restore from starting', async () => {
  const { bench, plan } = await planned()
  bench.device.breakBackup = new FailureError({
    code: 'connection-lost',
    address: 'x',
    phase: 'transferring',
    bytesDone: 1,
  })
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'safety-backup-failed', reason: 'connection-lost' },
  })
  expect(bench.device.calls).not.toContain('commit')
})

test('going without a safety backup is written to the history with the typed reason', async () => {
  const reason = 'the target is empty and new'
  const { bench, plan } = await planned({ ...withSafetyBackup, safetyBackup: { take: false, reason } })
  const report = await bench.restore(plan, undefined, newContext())
  expect(report.safetyOverride).toBe(reason)
  const history = await bench.activity.list({ limit: 10 })
  expect(history).toContainEqual(
    expect.objectContaining({
      action: 'safety-backup-skipped',
      facts: expect.objectContaining({ reason }) as unknown,
    }),
  )
})

test.each([1, 2])(
  'another device that answers at identity reading %i gets no changing call',
  async (reading) => {
    const { bench, plan } = await planned()
    let readings = 0
    bench.device.beforeIdentify = () => {
      readings += 1
      if (readings === reading) bench.device.serial = 'S-2'
    }
    await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
      failure: { code: 'wrong-device', expected: 'Box · S-1', actual: 'Box · S-2' },
    })
    expect(bench.device.calls).not.toContain('commit')
  },
)

test('a device that was updated since the plan was made is not touched', async () => {
  const { bench, plan } = await planned()
  bench.device.version = '4.8'
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'plan-stale', reason: 'systemVersion', expected: '4.6', actual: '4.8' },
  })
  expect(bench.device.calls).toEqual(['connect', 'identify', 'close'])
})

test('a blocked plan is refused even where the caller asks for it', async () => {
  const bench = await newWorkbench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  bench.device.version = '4.4'
  const device = await bench.inventory.get(bench.added.id)
  const plan = await bench.planRestore(record.id, device, withSafetyBackup, newContext().signal)
  expect(plan.fit.verdict).toBe('blocked')
  bench.device.calls.length = 0
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'restore-blocked', rules: 'T1' },
  })
  expect(bench.device.calls).not.toContain('backup')
})

test('an archive that changed on disk since the plan is not restored', async () => {
  const { bench, record, plan } = await planned()
  const file = await bench.vault.contentPath(record.id)
  const bytes = await readFile(file)
  bytes[40] = (bytes[40] ?? 0) ^ 1
  await writeFile(file, bytes, { mode: 0o600 })
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'archive-changed' },
  })
  expect(bench.device.calls).toEqual([])
})

test('a plan whose choices were changed after it was shown is refused', async () => {
  const { bench, plan } = await planned()
  const tampered = { ...plan, options: { ...plan.options, mode: 'replace' as const } }
  await expect(bench.restore(tampered, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'plan-stale', reason: 'plan' },
  })
  expect(bench.device.calls).toEqual([])
})

test('a refusal of the device leaves nothing behind and counts as not sent', async () => {
  const { bench, plan } = await planned()
  bench.device.onCommit = () => ({
    kind: 'refused',
    failure: { code: 'device-state', address: 'x', state: 'OPERATING', needed: 'SERVICE' },
  })
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'device-state' },
  })
  expect(bench.device.calls).toContain('abandon')
  expect(await stageOnDisk(bench.home, plan.id)).toBe('refused')
})

test('an unanswered call is observed and never sent again', async () => {
  const { bench, plan } = await planned()
  bench.device.onCommit = () => ({ kind: 'unanswered', detail: 'reset' })
  bench.device.outcome = 'unknown'
  const report = await bench.restore(plan, undefined, newContext())
  expect(report).toMatchObject({ outcome: 'unknown', clean: false })
  expect(bench.device.calls.filter((call) => call === 'commit')).toHaveLength(1)
})

test('errors in the device’s own protocol make a finished restore not clean', async () => {
  const { bench, plan } = await planned()
  bench.device.errorCount = 2
  expect(await bench.restore(plan, undefined, newContext())).toMatchObject({
    outcome: 'verified-new',
    clean: false,
    errorCount: 2,
  })
})

test('a cancel before the changing call leaves the device untouched', async () => {
  const { bench, plan } = await planned()
  const controller = new AbortController()
  let readings = 0
  bench.device.beforeIdentify = () => {
    readings += 1
    if (readings === 2)
      controller.abort(new FailureError({ code: 'cancelled', phase: 'confirming-identity' }))
  }
  await expect(bench.restore(plan, undefined, newContext(controller))).rejects.toMatchObject({
    failure: { code: 'cancelled' },
  })
  expect(bench.device.calls).not.toContain('commit')
  expect(bench.device.calls).toContain('abandon')
})

test('the account of a dead process that had written its intent is closed as unknown', async () => {
  const { bench, plan } = await planned()
  const folder = join(bench.home, 'restores')
  const story = await bench.journal.begin(plan)
  await story.intend()
  const ignore = (): void => undefined
  expect(await bench.journal.closeInterrupted(ignore)).toEqual([])
  const [name = ''] = await readdir(folder)
  const text = await readFile(join(folder, name), 'utf8')
  // A process of an earlier start of this computer; the check line goes with the edit.
  const { check: _, ...edited } = JSON.parse(text) as Record<string, unknown>
  const [host = ''] = String(edited['owner']).split('-')
  await writeFile(join(folder, name), JSON.stringify({ ...edited, owner: `${host}-00000001-1-1` }))
  expect(await bench.journal.closeInterrupted(ignore)).toEqual([
    expect.objectContaining({ outcome: 'unknown', planId: plan.id, clean: false }),
  ])
  expect(await bench.journal.reports()).toHaveLength(1)
})

test('a damaged account does not keep the others from being closed, and is told', async () => {
  const { bench, plan } = await planned()
  await (await bench.journal.begin(plan)).intend()
  await writeFile(join(bench.home, 'restores', 'plan-abcdefabcdef.json'), '{ "half')
  const damaged: unknown[] = []
  await bench.journal.closeInterrupted((error) => damaged.push(error))
  expect(damaged).toEqual([expect.objectContaining({ message: 'storage-damaged' })])
  await expect(bench.journal.reports()).rejects.toThrow('storage-damaged')
})
