import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { AppJobPlan } from '../../../src/shared/model/bridge.ts'
import { inlineParser } from '../inline-parser.ts'
import { compose, type Ferrite } from '../../../src/main/compose.ts'
import { bridgeHandlers } from '../../../src/main/ipc/handlers/bridge-handlers.ts'
import { writeAppFile } from '../../../src/practice/ctrlx-core/app-file.ts'
import { newContext } from '../workbench.ts'
import { fakeDraft } from '../fake-family.ts'
import { startCtrlxCore, type CtrlxCore } from '../../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { Device } from '../../../src/shared/model/device.ts'
import type { ArchiveId } from '../../../src/shared/model/record.ts'

const credentials = { user: 'boschrexroth', password: 'Practice-1234' }
const { signal } = new AbortController()

interface Plant {
  readonly ferrite: Ferrite
  readonly target: CtrlxCore
  readonly device: Device
  readonly archiveId: ArchiveId
  readonly file: string
}

/** A target that lacks one app of the archive's release, and the file of that app. */
async function plant(): Promise<Plant> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-bridge-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  const start = async (name: string): Promise<CtrlxCore> => {
    const device = await startCtrlxCore({
      folder: join(folder, name),
      name,
      model: 'X7',
      profile: '4.6',
      credentials,
      stepMs: 2,
    })
    onTestFinished(async () => device.stop())
    return device
  }
  const [source, target] = [await start('SOURCE'), await start('TARGET')]
  target.edit(({ apps }) => ({
    apps: apps.map((app) => (app.name === 'rexroth-setup' ? { ...app, version: '4.4.0' } : app)),
  }))
  const ferrite = await compose({
    home: join(folder, 'home'),
    logIncident: () => undefined,
    startParser: inlineParser(),
  })
  onTestFinished(async () => ferrite.close())
  const add = async ({ name, address, fingerprint }: CtrlxCore): Promise<Device> => {
    const pin = { kind: 'tls', fingerprint, acceptedAt: new Date().toISOString(), compared: true } as const
    const device = await ferrite.inventory.add({
      ...fakeDraft,
      family: 'ctrlx-core',
      name,
      address,
      user: credentials.user,
      facts: {},
      pin,
    })
    ferrite.credentials.giveForSession(device.id, { kind: 'password', ...credentials })
    return device
  }
  const record = await ferrite.backUp({ device: await add(source) }, newContext())
  const file = join(folder, 'setup.app')
  const about = { name: 'rexroth-setup', version: '4.6.0', title: '', vendor: '', description: '', base: '' }
  await writeAppFile(file, { ...about, architecture: 'amd64' }, 2000)
  return { ferrite, target, device: await add(target), archiveId: record.id, file }
}

/** The handlers over everything real; only main's dialogs are answered by the test. */
async function newHandlers(pressed: boolean) {
  const made = await plant()
  const confirmApps = vi.fn((_plan: AppJobPlan) => Promise.resolve(pressed))
  const chooseApps = vi.fn(() => Promise.resolve([made.file]))
  const handlers = bridgeHandlers(made.ferrite, { chooseApps, confirmApps })
  const pair = { archiveId: made.archiveId, deviceId: made.device.id }
  const plan = await handlers['bridge.files'](pair, signal)
  if (plan === undefined) throw new Error('no plan')
  return { ...made, handlers, confirmApps, chooseApps, pair, plan }
}

const uploads = (device: CtrlxCore): number =>
  device.log().filter(({ method, path }) => method === 'POST' && path.endsWith('/packages')).length
const take = { take: true } as const

test('apps are changed only with the token that main made after its own dialog, once', async () => {
  const { ferrite, handlers, plan, target, confirmApps } = await newHandlers(true)
  const confirm = { planId: plan.id, typedName: 'TARGET', safetyBackup: take }
  const { token } = await handlers['bridge.confirm'](confirm, signal)
  expect(confirmApps).toHaveBeenCalledTimes(1)
  expect(uploads(target)).toBe(0)
  const id = await handlers['bridge.start']({ planId: plan.id, token, password: 'Open-sesame-7' }, signal)
  const { state } = await ferrite.jobs.wait(id)
  expect(state).toMatchObject({
    phase: 'done',
    result: { report: { changes: [{ running: '4.6.0' }], safetyArchiveId: expect.any(String) as string } },
  })
  expect(uploads(target)).toBe(1)
  const safety = (await ferrite.vault.list()).records.find(({ origin }) => origin === 'safety')
  expect(safety?.passwordProtected).toBe(true)
  expect(() => handlers['bridge.start']({ planId: plan.id, token }, signal)).toThrow('not-found')
})

test('without the dialog’s yes, or with a guessed token, nothing begins', async () => {
  const { handlers, plan, target } = await newHandlers(false)
  const confirm = { planId: plan.id, typedName: 'TARGET', safetyBackup: take }
  await expect(handlers['bridge.confirm'](confirm, signal)).rejects.toThrow('confirmation-missing')
  expect(() => handlers['bridge.start']({ planId: plan.id, token: 'guessed' }, signal)).toThrow(
    'confirmation-missing',
  )
  expect(uploads(target)).toBe(0)
})

test('a wrong name does not even open the dialog', async () => {
  const { handlers, plan, confirmApps } = await newHandlers(true)
  const confirm = { planId: plan.id, typedName: 'SOURCE', safetyBackup: take }
  await expect(handlers['bridge.confirm'](confirm, signal)).rejects.toThrow('confirmation-wrong')
  expect(confirmApps).not.toHaveBeenCalled()
})

test('a token for a safety backup is worth nothing once the choice was changed', async () => {
  const { handlers, plan } = await newHandlers(true)
  const confirm = { planId: plan.id, typedName: 'TARGET', safetyBackup: take }
  const { token } = await handlers['bridge.confirm'](confirm, signal)
  const without = { take: false, reason: 'backed up an hour ago' } as const
  await handlers['bridge.confirm']({ ...confirm, safetyBackup: without }, signal)
  expect(() => handlers['bridge.start']({ planId: plan.id, token }, signal)).toThrow('confirmation-missing')
})

test('a file that was exchanged after the review stops the job before the device is touched', async () => {
  const { ferrite, handlers, plan, target, file } = await newHandlers(true)
  const confirm = { planId: plan.id, typedName: 'TARGET', safetyBackup: take }
  const { token } = await handlers['bridge.confirm'](confirm, signal)
  await appendFile(file, Buffer.alloc(512))
  const id = await handlers['bridge.start']({ planId: plan.id, token }, signal)
  expect((await ferrite.jobs.wait(id)).state).toMatchObject({
    phase: 'failed',
    failure: { code: 'plan-stale' },
  })
  expect(uploads(target)).toBe(0)
})

test('the window gets no place on this computer, and a closed dialog is no plan', async () => {
  const { handlers, plan, chooseApps, pair, file } = await newHandlers(true)
  expect(JSON.stringify(plan)).not.toContain(file)
  chooseApps.mockResolvedValueOnce([])
  expect(await handlers['bridge.files'](pair, signal)).toBeUndefined()
})
