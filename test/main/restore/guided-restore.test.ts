import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import type { Procedure, ProcedureId } from '../../../src/shared/model/procedure.ts'
import { newFolder } from '../fake-family.ts'
import { newContext } from '../workbench.ts'
import { draft, GuidedDevice, openGuidedBench, type GuidedScript } from './support/guided-bench.ts'

async function newBench(script: Partial<GuidedScript> = {}) {
  const device = new GuidedDevice()
  Object.assign(device.script, script)
  const bench = await openGuidedBench(await newFolder(), device)
  onTestFinished(bench.close)
  return bench
}

async function started(script: Partial<GuidedScript> = {}, options: unknown = {}) {
  const bench = await newBench(script)
  const plan = await bench.plan(newContext().signal, options)
  return { bench, plan, begin: async () => await bench.guided.start(plan, newContext()) }
}

const phases = ({ steps }: Procedure) => steps.map(({ state }) => state.phase)
const failed = (code: string) => ({ failure: { code } })

async function onDisk(home: string, id: ProcedureId): Promise<Procedure> {
  return JSON.parse(await readFile(join(home, 'procedures', `${id}.json`), 'utf8')) as Procedure
}

describe('a guided restore', () => {
  test('backs the target up, does what Ferrite can do in order, and waits for the person', async () => {
    const { bench, begin } = await started()
    const procedure = await begin()
    expect(bench.device.calls).toEqual([
      ...['connect', 'identify', 'backup', 'close'],
      'run look-first',
      ...['connect', 'identify', 'run apply', 'close'],
    ])
    expect(phases(procedure)).toEqual(['done', 'done', 'ahead'])
    expect(await bench.vault.read(procedure.safetyArchiveId!)).toMatchObject({
      origin: 'safety',
      proof: 'L2',
    })
    expect(procedure.report).toBeUndefined()
  })

  test('ends with a report that names whose word it is, on disk and in the history', async () => {
    const { bench, begin } = await started()
    const { id } = await begin()
    const ended = await bench.guided.confirm(id, { stepId: 'inspect', by: 'maria', note: 'version 4.6' })
    expect(ended.report).toMatchObject({
      outcome: 'verified-new',
      clean: true,
      remarks: [
        {
          remark: 'verified-by-person',
          facts: expect.objectContaining({ by: 'maria', note: 'version 4.6' }) as unknown,
        },
      ],
    })
    expect((await onDisk(bench.home, id)).report).toEqual(ended.report)
    const actions = (await bench.activity.list({ limit: 20 })).map(({ action }) => action)
    expect(actions.slice(0, 4)).toEqual([
      'restore-ended',
      'step-confirmed',
      'restore-intended',
      'procedure-begun',
    ])
  })

  test('keeps in the history what the person accepted against a rule, and why', async () => {
    const accepted = [{ rule: 'G2', reason: 'looked at by hand' }]
    const { bench, begin } = await started({}, { accepted })
    await begin()
    const lines = (await bench.activity.list({ limit: 20 })).filter(({ action }) =>
      ['procedure-begun', 'restore-intended'].includes(action),
    )
    expect(lines.map(({ facts }) => facts['accepted G2'])).toEqual(['looked at by hand', 'looked at by hand'])
  })

  test('takes Ferrite’s own proof over the word of a person', async () => {
    const { bench, begin } = await started({
      runStep: ({ step }) =>
        Promise.resolve({
          kind: 'done',
          evidence: [],
          ...(step.changes && { outcome: 'verified-old' as const }),
        }),
    })
    const { id } = await begin()
    const { report } = await bench.guided.confirm(id, {
      stepId: 'inspect',
      by: 'maria',
      note: 'it is the new state',
    })
    expect(report).toMatchObject({ outcome: 'verified-old', clean: false, remarks: [] })
  })

  test('that nobody verified ends as unknown', async () => {
    const { begin } = await started({
      steps: [draft('apply', 'automatic', { changes: true, verifies: true })],
    })
    expect((await begin()).report).toMatchObject({ outcome: 'unknown', clean: false })
  })

  test('whose device wrote an error is not clean', async () => {
    const { begin } = await started({
      steps: [draft('apply', 'automatic', { changes: true })],
      runStep: () =>
        Promise.resolve({
          kind: 'done',
          evidence: [],
          outcome: 'verified-new',
          protocol: [{ severity: 'ERROR', text: 'table devices: 3 rows skipped' }],
        }),
    })
    expect((await begin()).report).toMatchObject({ outcome: 'verified-new', clean: false, errorCount: 1 })
  })

  test('is not begun a second time while one is under way on the same device', async () => {
    const { bench, begin } = await started()
    const { id } = await begin()
    const again = await bench.plan(newContext().signal)
    await expect(bench.guided.start(again, newContext())).rejects.toMatchObject({
      failure: { code: 'device-busy', job: 'procedure' },
    })
    expect(bench.device.changingCalls).toBe(0)
    await bench.guided.abandon(id, { by: 'maria', reason: 'wrong archive' })
    const next = await bench.plan(newContext().signal)
    expect(phases(await bench.guided.start(next, newContext()))).toEqual(['done', 'done', 'ahead'])
  })
})

describe('before the changing call', () => {
  test('its intent is on disk and the job can no longer be cancelled', async () => {
    const seen: unknown[] = []
    const context = newContext()
    const { bench, plan } = await started({
      runStep: async ({ step }) => {
        if (step.changes) {
          const [procedure] = (await bench.procedures.list()).procedures
          seen.push((await onDisk(bench.home, procedure!.id)).steps[1]?.state, context.sealed)
        }
        return { kind: 'done', evidence: [] }
      },
    })
    await bench.guided.start(plan, context)
    expect(seen).toEqual([expect.objectContaining({ phase: 'running', intended: true }), true])
  })

  test('the identity is read again on the connection that the step uses', async () => {
    const { bench, begin } = await started({
      runStep: async ({ step, session }) => {
        if (step.changes) await session()
        return { kind: 'done', evidence: [] }
      },
    })
    await begin()
    const { calls } = bench.device
    expect(calls.slice(calls.indexOf('run look-first') + 1)).toEqual([
      'connect',
      'identify',
      'run apply',
      'close',
    ])
  })

  test.each([
    ['another device answers', (device: GuidedDevice) => (device.serial = 'S-2'), 'wrong-device'],
    ['the device was updated', (device: GuidedDevice) => (device.version = '4.8'), 'plan-stale'],
  ])('%s: nothing is sent and the step may be tried again', async (_case, change, code) => {
    const { bench, begin } = await started({
      runStep: ({ step }) => {
        if (step.id === 'look-first') change(bench.device)
        return Promise.resolve({ kind: 'done', evidence: [] })
      },
    })
    await expect(begin()).rejects.toMatchObject(failed(code))
    expect(bench.device.changingCalls).toBe(0)
    const [procedure] = (await bench.procedures.list()).procedures
    expect(procedure?.steps[1]?.state).toMatchObject({ phase: 'failed', failure: { code } })
  })

  test('a pin that was accepted since the plan was made stops it', async () => {
    const { bench, begin } = await started({
      runStep: async ({ step }) => {
        const pin = {
          kind: 'ssh' as const,
          fingerprint: 'SHA256:new',
          compared: false,
          acceptedAt: '2026-11-22T00:00:00.000Z',
        }
        if (step.id === 'look-first') await bench.inventory.change(bench.added.id, { pin })
        return { kind: 'done', evidence: [] }
      },
    })
    await expect(begin()).rejects.toMatchObject({ failure: { code: 'plan-stale', reason: 'plan' } })
    expect(bench.device.changingCalls).toBe(0)
  })

  test('a failing safety backup keeps it from beginning', async () => {
    const { bench, begin } = await started()
    bench.device.breakBackup = new FailureError({
      code: 'device-no-room',
      address: 'x',
      freeBytes: 1,
    } as never)
    await expect(begin()).rejects.toMatchObject(failed('safety-backup-failed'))
    expect((await bench.procedures.list()).procedures).toEqual([])
    expect(bench.device.changingCalls).toBe(0)
  })

  test('a cancel leaves the step as if it had never begun', async () => {
    const controller = new AbortController()
    const { bench, plan } = await started()
    let readings = 0
    bench.device.beforeIdentify = () => {
      readings += 1
      if (readings === 2) controller.abort(new FailureError({ code: 'cancelled', phase: 'running-step' }))
    }
    await expect(bench.guided.start(plan, newContext(controller))).rejects.toMatchObject(failed('cancelled'))
    const [procedure] = (await bench.procedures.list()).procedures
    expect(phases(procedure!)).toEqual(['done', 'ahead', 'ahead'])
    expect(bench.device.changingCalls).toBe(0)
  })

  test('a history that cannot be written takes the intent back, and nothing is sent', async () => {
    const { bench, begin } = await started({
      runStep: async ({ step }) => {
        if (step.id === 'look-first') await replaceByFolder(join(bench.home, 'activity.ndjson'))
        return { kind: 'done', evidence: [] }
      },
    })
    await expect(begin()).rejects.toBeInstanceOf(FailureError)
    expect(bench.device.changingCalls).toBe(0)
    const [procedure] = (await bench.procedures.list()).procedures
    expect(procedure?.steps[1]?.state.phase).toBe('failed')
  })
})

describe('the way back', () => {
  const steps = [
    draft('snapshot', 'confirmed', { needsNote: true }),
    draft('apply', 'automatic', { changes: true }),
  ]
  const wayBack = { step: 'snapshot' }

  test('of a machine that cannot be backed up is the snapshot that a person wrote down', async () => {
    const { bench, begin } = await started({ steps, wayBack })
    const { id } = await begin()
    expect(bench.device.calls).not.toContain('backup')
    await bench.guided.confirm(id, { stepId: 'snapshot', by: 'maria', note: 'before-restore-1' })
    await bench.guided.run(id, newContext())
    expect(bench.device.changingCalls).toBe(1)
  })

  test.each(['automatic', 'confirmed'] as const)('must be there before a changing step, %s', async (kind) => {
    const { bench, begin } = await started({
      steps: [draft('apply', kind, { changes: true }), draft('snapshot', 'confirmed')],
      wayBack,
    })
    if (kind === 'automatic') await expect(begin()).rejects.toMatchObject(failed('way-back-missing'))
    else {
      const { id } = await begin()
      const word = { stepId: 'apply', by: 'maria', note: undefined }
      await expect(bench.guided.confirm(id, word)).rejects.toMatchObject(failed('way-back-missing'))
    }
    expect(bench.device.changingCalls).toBe(0)
  })

  test('is waived only by the typed reason, which the report and the history keep', async () => {
    const reason = 'the machine is new and empty'
    const { bench, begin } = await started(
      { steps: [draft('apply', 'automatic', { changes: true })], wayBack },
      { safetyBackup: { take: false, reason } },
    )
    expect((await begin()).report).toMatchObject({ safetyOverride: reason })
    expect((await bench.activity.list({ limit: 9 })).map(({ action }) => action)).toContain(
      'safety-backup-skipped',
    )
  })

  test('that was damaged in the meantime stops a procedure that is gone on with', async () => {
    const { bench, begin } = await started({
      steps: [draft('ready', 'confirmed'), draft('apply', 'automatic', { changes: true })],
    })
    const { id, safetyArchiveId } = await begin()
    await flipOneBit(await bench.vault.contentPath(safetyArchiveId!))
    await bench.guided.confirm(id, { stepId: 'ready', by: 'maria', note: undefined })
    await expect(bench.guided.run(id, newContext())).rejects.toMatchObject(failed('way-back-missing'))
    expect(bench.device.changingCalls).toBe(0)
  })
})

test('an archive that changed on disk while a procedure waited is not restored', async () => {
  const { bench, plan, begin } = await started({
    steps: [draft('ready', 'confirmed'), draft('apply', 'automatic', { changes: true })],
  })
  const { id } = await begin()
  await bench.guided.confirm(id, { stepId: 'ready', by: 'maria', note: undefined })
  await flipOneBit(await bench.vault.contentPath(plan.archiveId))
  await expect(bench.guided.run(id, newContext())).rejects.toMatchObject(failed('archive-changed'))
  expect(bench.device.changingCalls).toBe(0)
})

describe('after the intent', () => {
  const lost = new FailureError({ code: 'connection-lost', address: 'x', phase: 'applying', bytesDone: 9 })
  const loses: GuidedScript['runStep'] = async ({ step }) => {
    await Promise.resolve()
    if (step.changes) throw lost
    return { kind: 'done', evidence: [] }
  }

  test('what is thrown makes the step unclear, and it is never sent again', async () => {
    const { bench, begin } = await started({ runStep: loses })
    await expect(begin()).rejects.toMatchObject(failed('outcome-unknown'))
    const [procedure] = (await bench.procedures.list()).procedures
    expect(phases(procedure!)).toEqual(['done', 'unclear', 'ahead'])
    await bench.guided.run(procedure!.id, newContext())
    expect(bench.device.changingCalls).toBe(1)
  })

  test('a person says what they found; the report says so and is not clean', async () => {
    const { bench, begin } = await started({ runStep: loses })
    await expect(begin()).rejects.toThrow()
    const [unclear] = (await bench.procedures.list()).procedures
    const { id } = unclear!
    await bench.guided.confirm(id, { stepId: 'apply', by: 'maria', note: 'the page shows the new state' })
    const { report } = await bench.guided.confirm(id, { stepId: 'inspect', by: 'maria', note: 'version 4.6' })
    expect(report).toMatchObject({ outcome: 'verified-new', clean: false })
    expect(report?.remarks.map(({ remark }) => remark)).toEqual(['verified-by-person', 'found-by-person'])
  })

  test('a call that certainly did not leave takes the intent back and may be tried again', async () => {
    let isRefused = true
    const { bench, begin } = await started({
      runStep: ({ step }) =>
        Promise.resolve(
          step.changes && isRefused
            ? {
                kind: 'not-sent',
                failure: { code: 'device-state', address: 'x', state: 'BUSY', needed: 'IDLE' },
              }
            : { kind: 'done', evidence: [] },
        ),
    })
    await expect(begin()).rejects.toMatchObject(failed('device-state'))
    const [refused] = (await bench.procedures.list()).procedures
    expect(refused?.steps[1]?.state.phase).toBe('failed')
    isRefused = false
    expect(phases(await bench.guided.run(refused!.id, newContext()))).toEqual(['done', 'done', 'ahead'])
  })
})

describe('two processes on one home', () => {
  test('never run one step twice', async () => {
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const { bench, begin } = await started({
      steps: [draft('ready', 'confirmed'), draft('apply', 'automatic', { changes: true })],
      runStep: async () => {
        await gate
        return { kind: 'done', evidence: [] }
      },
    })
    const { id } = await begin()
    await bench.guided.confirm(id, { stepId: 'ready', by: 'maria', note: undefined })
    const other = await openGuidedBench(bench.home, bench.device)
    onTestFinished(other.close)
    const both = [bench.guided.run(id, newContext()), other.guided.run(id, newContext())]
    setTimeout(() => {
      open()
    }, 300)
    const ended = await Promise.allSettled(both)
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: failed('step-not-current'),
    })
    expect(bench.device.changingCalls).toBe(1)
  })

  test('that begin at once on one device begin one procedure', async () => {
    const { bench, plan } = await started({ steps: [draft('ready', 'confirmed')] })
    const other = await openGuidedBench(bench.home, bench.device)
    onTestFinished(other.close)
    const ended = await Promise.allSettled([
      bench.guided.start(plan, newContext()),
      other.guided.start(plan, newContext()),
    ])
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await bench.procedures.list()).procedures).toHaveLength(1)
  })
})

describe('a procedure that a person ends before its last step', () => {
  const abandonment = { by: 'maria', reason: 'the wrong archive' }

  test('leaves the former state where no changing step can have had an effect', async () => {
    const { bench, begin } = await started({
      steps: [draft('ready', 'confirmed'), draft('apply', 'automatic', { changes: true })],
    })
    const { id } = await begin()
    const { report } = await bench.guided.abandon(id, abandonment)
    expect(report).toMatchObject({ outcome: 'verified-old', clean: false })
    expect(report?.remarks).toEqual([
      { remark: 'abandoned', facts: abandonment },
      { remark: 'nothing-changed', facts: {} },
    ])
    await expect(bench.guided.run(id, newContext())).resolves.toMatchObject({ report })
    expect(bench.device.changingCalls).toBe(0)
  })

  test('is of unknown outcome once something may have changed', async () => {
    const { bench, begin } = await started()
    const { report } = await bench.guided.abandon((await begin()).id, abandonment)
    expect(report).toMatchObject({ outcome: 'unknown', clean: false })
    expect(report?.remarks).toContainEqual({ remark: 'left-half-way', facts: { step: 'apply' } })
  })

  test('keeps its first end', async () => {
    const { bench, begin } = await started()
    const { id } = await begin()
    const { report } = await bench.guided.abandon(id, abandonment)
    await expect(bench.guided.abandon(id, abandonment)).rejects.toMatchObject(failed('step-not-current'))
    const word = { stepId: 'inspect', by: 'maria', note: 'late' }
    await expect(bench.guided.confirm(id, word)).rejects.toMatchObject(failed('step-not-current'))
    expect((await bench.procedures.get(id)).report).toEqual(report)
  })

  test('needs a reason', async () => {
    const { bench, begin } = await started()
    const { id } = await begin()
    await expect(bench.guided.abandon(id, { by: 'maria', reason: '  ' })).rejects.toMatchObject({
      failure: { code: 'bad-input', field: 'reason' },
    })
    expect((await bench.procedures.get(id)).report).toBeUndefined()
  })
})

test('a damaged file is named beside the others, and keeps neither the list nor a start from working', async () => {
  const { bench, begin } = await started()
  const { id } = await begin()
  await writeFile(join(bench.home, 'procedures', 'proc-abcdefabcdef.json'), '{ "half')
  const listing = await bench.procedures.list()
  expect(listing.procedures.map((procedure) => procedure.id)).toEqual([id])
  expect(listing.damaged).toMatchObject([{ id: 'proc-abcdefabcdef', failure: { code: 'storage-damaged' } }])
  const told: unknown[] = []
  await bench.procedures.takeOver((failure) => told.push(failure))
  expect(told).toMatchObject([{ failure: { code: 'storage-damaged' } }])
})

async function flipOneBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[40] = (bytes[40] ?? 0) ^ 1
  await writeFile(file, bytes, { mode: 0o600 })
}

async function replaceByFolder(file: string): Promise<void> {
  await rm(file)
  await mkdir(file)
}
