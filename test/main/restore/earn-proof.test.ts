import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  checkForDrills,
  ProofBook,
  provesRestore,
  provingPlans,
  provingProcedures,
  provingRestores,
} from '../../../src/main/restore/earn-proof.ts'
import { AnnotationBook } from '../../../src/main/vault/annotation-book.ts'
import { restorabilityOf } from '../../../src/shared/model/annotations.ts'
import type { DeviceRole } from '../../../src/shared/model/device.ts'
import {
  restoreOptionsSchema,
  type RestoreReport,
  type StepDraft,
} from '../../../src/shared/model/restore.ts'
import { newFolder } from '../fake-family.ts'
import { newContext, newWorkbench } from '../workbench.ts'
import { draft, GuidedDevice, openGuidedBench, type GuidedScript } from './support/guided-bench.ts'

const { signal } = new AbortController()
const options = restoreOptionsSchema.parse({})

/** The real use cases, with what they prove noted beside a real vault. */
async function newBench(role: DeviceRole) {
  const bench = await newWorkbench()
  const annotations = new AnnotationBook(bench.vault.folder)
  const { inventory, activity } = bench
  const added = await inventory.change(bench.added.id, { role })
  const book = new ProofBook({ annotations, inventory, activity })
  const record = await bench.backUp({ device: added }, newContext())
  const planRestore = provingPlans(book, bench.planRestore)
  const restore = provingRestores({ book, inventory }, bench.restore)
  const levelOf = async () => restorabilityOf(record, await annotations.of(record.id))
  return { ...bench, added, annotations, record, planRestore, restore, levelOf }
}

describe('an archive', () => {
  test('earns L3 by a plan against which nothing stands, once for each plan', async () => {
    const { planRestore, record, added, annotations, activity, levelOf } = await newBench('production')
    expect(await levelOf()).toBe('L2')
    const plan = await planRestore(record.id, added, options, signal)
    await planRestore(record.id, added, options, signal)
    expect(await levelOf()).toBe('L3')
    expect((await annotations.of(record.id)).proofs).toEqual([
      {
        level: 'L3',
        at: expect.any(String) as string,
        deviceId: added.id,
        deviceName: added.name,
        deviceRole: 'production',
        planHash: plan.hash,
      },
    ])
    const lines = (await activity.list({ limit: 50 })).filter(({ action }) => action === 'proof-earned')
    expect(lines).toMatchObject([{ subject: added.name, facts: { level: 'L3', archive: record.id } }])
  })

  test('earns nothing by a plan that is blocked', async () => {
    const { planRestore, record, added, device, levelOf } = await newBench('spare')
    device.version = '4.4'
    const plan = await planRestore(record.id, added, options, signal)
    expect(plan.fit.verdict).toBe('blocked')
    expect(await levelOf()).toBe('L2')
  })

  test.each(['spare', 'practice'] as const)('earns L4 by a restore to a %s device', async (role) => {
    const { planRestore, restore, record, added, levelOf, annotations } = await newBench(role)
    const plan = await planRestore(record.id, added, options, signal)
    expect(await restore(plan, undefined, newContext())).toMatchObject({ clean: true })
    expect(await levelOf()).toBe('L4')
    const [, drill] = (await annotations.of(record.id)).proofs
    expect(drill).toMatchObject({ level: 'L4', deviceRole: role, planHash: plan.hash })
  })

  test('earns no L4 on a device in production, however well it went', async () => {
    const { planRestore, restore, record, added, levelOf } = await newBench('production')
    const plan = await planRestore(record.id, added, options, signal)
    expect(await restore(plan, undefined, newContext())).toMatchObject({ clean: true })
    expect(await levelOf()).toBe('L3')
  })

  test.each([
    ['the device told errors', { errorCount: 1 }],
    ['the device kept its former state', { outcome: 'verified-old' }],
    ['nobody knows', { outcome: 'unknown' }],
  ] as const)('earns no L4 where %s', async (_why, change) => {
    const { planRestore, restore, record, added, device, levelOf } = await newBench('spare')
    Object.assign(device, change)
    const plan = await planRestore(record.id, added, options, signal)
    await restore(plan, undefined, newContext())
    expect(await levelOf()).toBe('L3')
  })
})

describe('a guided restore', () => {
  const compared: readonly StepDraft[] = [
    draft('wait', 'confirmed'),
    draft('apply', 'automatic', { changes: true }),
  ]
  const proven: GuidedScript['runStep'] = ({ step: { changes } }) =>
    Promise.resolve({ kind: 'done', evidence: [], ...(changes && { outcome: 'verified-new' as const }) })

  /** One that waits for a person before anything is changed, on a device that is for this. */
  async function begun(role: DeviceRole, script: Partial<GuidedScript> = {}) {
    const device = new GuidedDevice()
    Object.assign(device.script, { steps: compared, runStep: proven, ...script })
    const bench = await openGuidedBench(await newFolder(), device)
    onTestFinished(bench.close)
    const { inventory, activity, procedures, vault, added } = bench
    const setRole = async (next: DeviceRole) => await inventory.change(added.id, { role: next })
    await setRole(role)
    const annotations = new AnnotationBook(vault.folder)
    const book = new ProofBook({ annotations, inventory, activity })
    const guided = provingProcedures({ book, inventory, procedures }, bench.guided)
    const { id, plan } = await guided.start(await bench.plan(signal), newContext())
    const confirm = async (stepId: string) =>
      await guided.confirm(id, { stepId, by: 'maria', note: 'version 4.6' })
    const proofs = async () => (await annotations.of(plan.archiveId)).proofs
    return { setRole, confirm, proofs, plan, run: async () => await guided.run(id, newContext()), vault }
  }

  test('earns L4 once, by what a step of Ferrite compared on a spare device', async () => {
    const { confirm, run, proofs, plan } = await begun('spare')
    await confirm('wait')
    expect((await run()).report).toMatchObject({ outcome: 'verified-new', clean: true })
    await run()
    expect(await proofs()).toMatchObject([{ level: 'L4', deviceRole: 'spare', planHash: plan.hash }])
  })

  test('is judged by what the device was for when it began', async () => {
    const serving = await begun('production')
    await serving.setRole('spare')
    await serving.confirm('wait')
    await serving.run()
    expect(await serving.proofs()).toEqual([])
    const spare = await begun('spare')
    await spare.setRole('production')
    await spare.confirm('wait')
    await spare.run()
    expect(await spare.proofs()).toMatchObject([{ level: 'L4', deviceRole: 'spare' }])
  })

  test('earns nothing by the word of a person', async () => {
    const { confirm, run, proofs } = await begun('spare', {
      steps: [...compared, draft('inspect', 'confirmed', { verifies: true })],
      runStep: () => Promise.resolve({ kind: 'done', evidence: [] }),
    })
    await confirm('wait')
    await run()
    expect((await confirm('inspect')).report).toMatchObject({ outcome: 'verified-new', clean: true })
    expect(await proofs()).toEqual([])
  })

  test('is told as it ended where its proof cannot be noted', async () => {
    const { confirm, run, vault } = await begun('spare')
    await confirm('wait')
    await rm(join(vault.folder, 'annotations'), { recursive: true, force: true })
    await writeFile(join(vault.folder, 'annotations'), 'no folder')
    expect((await run()).report?.remarks).toMatchObject([{ remark: 'proof-not-noted' }])
  })
})

test('differences and the word of a person prove nothing', () => {
  const good = {
    outcome: 'verified-new',
    clean: true,
    differences: [],
    remarks: [],
  } as unknown as RestoreReport
  expect(provesRestore(good)).toBe(true)
  expect(provesRestore({ ...good, differences: [{ what: 'app' }] })).toBe(false)
  expect(provesRestore({ ...good, remarks: [{ remark: 'verified-by-person', facts: {} }] })).toBe(false)
})

test('a drill on a device in production is refused', () => {
  expect(() => checkForDrills({ name: 'PRESS-7', role: 'production' })).toThrow('not-for-drills')
  expect(() => checkForDrills({ name: 'PRESS-7', role: 'spare' })).not.toThrow()
})
