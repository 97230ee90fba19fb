import { expect, test } from 'vitest'
import type { LoggedRequest } from '../../src/practice/practice-device.ts'
import { mayRestore, rulesAgainst } from '../../src/shared/compatibility/check.ts'
import { restoreOptionsSchema } from '../../src/shared/model/restore.ts'
import { newContext } from '../main/workbench.ts'
import { newControl, newHost } from './site.ts'

// O6: what is known beforehand is said beforehand, and the device is not even asked for a safety backup.

const secret = 'Archive-1234'
const switching = '/automation/api/v2/nodes/scheduler/admin/state/switching'

test('a control whose operating state is in motion is left alone', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  const start = site.device.log().length
  const answer = { type: 'bool8', value: true }
  site.device.inject({ effect: 'alter-json', alter: () => answer, path: switching, times: 9 })
  expect(await site.refused(plan)).toMatchObject({ code: 'device-state', state: 'switching' })
  expect(site.changesSince(start)).toEqual([])
})

test('a control that runs is restored only where the plan says that it will stop, and in that very state', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  expect(plan.target.operatingState?.value).toBe('OPERATING')
  expect(plan.sideEffects).toContain('goes-to-service')
  site.device.edit(() => ({ operatingState: 'SETUP' }))
  expect(await site.refused(plan)).toMatchObject({ code: 'plan-stale', reason: 'operatingState' })
})

test('a control that is at work on another task is left alone', async () => {
  const site = await newControl({ stepMs: 60 })
  const plan = await site.plan(await site.backUp())
  const controller = new AbortController()
  const device = await site.bench.inventory.get(site.id)
  const creates = (): number => site.device.log().filter(({ path }) => path.endsWith('/create')).length
  const other = site.bench.backUp({ device }, { ...newContext(), signal: controller.signal })
  other.catch(() => undefined)
  await expect.poll(creates).toBe(2)
  expect(await site.refused(plan)).toMatchObject({
    code: 'device-state',
    state: expect.stringMatching(/^busy with its task /) as string,
  })
  expect(creates()).toBe(2)
  controller.abort()
  await other.catch(() => undefined)
})

test.each([
  ['of an older system', '4.4', '4.6'],
  ['of a newer system', '4.6', '4.4'],
] as const)(
  'an archive %s is blocked by C2, with both versions, and nothing overrides it',
  async (_what, from, to) => {
    const site = await newControl({ profile: from })
    const record = await site.backUp()
    site.device.changeVersion(to)
    const start = site.device.log().length
    const accepted = [{ rule: 'C2', reason: 'I know what I do' }]
    for (const options of [{}, { accepted }]) {
      const plan = await site.plan(record, options)
      expect(plan.fit.findings).toContainEqual(
        expect.objectContaining({
          rule: 'C2',
          result: 'blocker',
          archiveValue: expect.objectContaining({ value: from }) as unknown,
          deviceValue: expect.objectContaining({ value: to }) as unknown,
        }),
      )
      expect(await site.refused(plan)).toMatchObject({
        code: 'restore-blocked',
        verdict: 'blocked',
        rules: 'C2',
      })
    }
    expect(site.changesSince(start)).toEqual([])
  },
)

test('an archive of another processor is blocked by C1, and nothing overrides it', async () => {
  const site = await newControl({ model: 'X3' })
  const record = await site.backUp()
  site.device.edit(() => ({ model: 'X7' }))
  const start = site.device.log().length
  const plan = await site.plan(record, { accepted: [{ rule: 'C1', reason: 'I know what I do' }] })
  const failure = await site.refused(plan)
  expect(failure).toMatchObject({ code: 'restore-blocked', rules: expect.stringContaining('C1') as string })
  expect(site.changesSince(start)).toEqual([])
})

test('too little room for the archive of another control is a blocker, until somebody types why not', async () => {
  const site = await newControl()
  const record = await site.backUp()
  site.device.becomeAnother({ serialNumber: '7299999999999' })
  site.device.inject({ effect: 'alter-json', alter: nearlyFull, path: '/storage/api/v1/media', times: 99 })
  const start = site.device.log().length
  const plan = await site.plan(record)
  expect(rulesAgainst(plan.fit)).toBe('G4')
  expect(await site.refused(plan)).toMatchObject({ code: 'restore-blocked', rules: 'G4' })
  expect(site.changesSince(start)).toEqual([])
  const reason = 'the old project is removed by the restore'
  const overridden = await site.plan(record, { accepted: [{ rule: 'G4', reason }] })
  await site.run(overridden)
  expect(await site.bench.activity.list({ limit: 20 })).toContainEqual(
    expect.objectContaining({
      action: 'restore-intended',
      facts: expect.objectContaining({ 'accepted G4': reason }) as unknown,
    }),
  )
})

test('the archive of another control fits by its rules, and both serial numbers are shown', async () => {
  const site = await newControl()
  const record = await site.backUp()
  site.device.becomeAnother({ serialNumber: '7299999999999' })
  const { fit } = await site.plan(record)
  expect(mayRestore(fit.verdict)).toBe(true)
  expect(fit.findings).toContainEqual(
    expect.objectContaining({
      rule: 'G5',
      reason: 'other-device',
      archiveValue: expect.objectContaining({ value: record.source.serial?.value }) as unknown,
      deviceValue: expect.objectContaining({ value: '7299999999999' }) as unknown,
    }),
  )
})

test('an archive with a password is refused without one before the device is made to work', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp(secret))
  const start = site.device.log().length
  expect(await site.refused(plan)).toMatchObject({ code: 'password-needed' })
  expect(site.changesSince(start)).toEqual([])
})

test('a wrong password is the device’s to judge: refused, or failed with the former state proven', async () => {
  const refusing = await newControl({ wrongPassword: 'refused' })
  const first = await refusing.plan(await refusing.backUp(secret))
  const before = refusing.device.content().digest
  await expect(refusing.run(first, undefined, 'Wrong-12345')).rejects.toMatchObject({
    failure: { code: 'device-refused' },
  })
  expect(refusing.device.content().digest).toBe(before)
  const failing = await newControl({ wrongPassword: 'task-fails' })
  const second = await failing.plan(await failing.backUp(secret))
  const { digest } = failing.device.content()
  expect(await failing.run(second, undefined, 'Wrong-12345')).toMatchObject({
    outcome: 'verified-old',
    clean: false,
  })
  expect(failing.device.content().digest).toBe(digest)
})

test('a control that would take a replace for a merge is not made to work', async () => {
  const site = await newControl({ profile: '1.20' })
  const plan = await site.plan(await site.backUp(), { mode: 'replace' })
  const start = site.device.log().length
  expect(await site.refused(plan)).toMatchObject({ code: 'bad-input', field: 'mode' })
  expect(site.changesSince(start)).toEqual([])
})

test('a control that has lost the interface of the archive is not made to work', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  const start = site.device.log().length
  site.device.inject({ effect: 'status', status: 404, path: '/setup/api/v1/tasks', times: 9 })
  expect(await site.refused(plan)).toMatchObject({ code: 'device-tool-missing' })
  expect(site.changesSince(start)).toEqual([])
})

test('a host without room is refused before it packs its safety backup', async () => {
  const site = await newHost()
  const plan = await site.plan(await site.backUp())
  const start = site.device.log().length
  site.device.inject({ effect: 'free-bytes', freeBytes: 4096, command: "df -Pk -- '/var/tmp'", times: 9 })
  site.device.inject({ effect: 'free-bytes', freeBytes: 4096, command: 'df -Pk -- /var/tmp', times: 9 })
  expect(await site.refused(plan)).toMatchObject({ code: 'device-no-room', freeBytes: 4096 })
  expect(site.changesSince(start)).toEqual([])
  expect(packed(site.device.log().slice(start))).toEqual([])
})

test('a host that has lost its tar, or the folder to restore to, is refused before it is made to work', async () => {
  const site = await newHost()
  const plan = await site.plan(await site.backUp())
  const start = site.device.log().length
  site.device.inject({ effect: 'fail', exitCode: 127, message: 'tar: not found', command: 'tar --version' })
  expect(await site.refused(plan)).toMatchObject({ code: 'device-tool-missing', tool: 'tar' })
  site.device.inject({ effect: 'fail', exitCode: 2, message: 'No such file', command: 'ls -d -- /.' })
  expect(await site.refused(await site.plan((await site.bench.vault.list()).records[0]!))).toMatchObject({
    code: 'bad-input',
    field: 'root',
  })
  expect(site.changesSince(start)).toEqual([])
  expect(packed(site.device.log().slice(start))).toEqual([])
})

test('an override needs a typed reason, and so does going without the way back', () => {
  for (const reason of ['', 'short', '        ']) {
    expect(isChosen({ accepted: [{ rule: 'G4', reason }] })).toBe(false)
    expect(isChosen({ safetyBackup: { take: false, reason } })).toBe(false)
  }
  expect(isChosen({ accepted: [{ rule: 'G4', reason: 'typed by a person' }] })).toBe(true)
})

function isChosen(options: unknown): boolean {
  return restoreOptionsSchema.safeParse(options).success
}

function packed(log: readonly LoggedRequest[]): readonly string[] {
  return log.flatMap(({ path }) => (/ -cz?f - -- /.test(path) ? [path] : []))
}

/** Every medium as it is, but for a few bytes that are still free. */
function nearlyFull(media: unknown): unknown {
  return JSON.parse(
    JSON.stringify(media, (name, value: unknown) => {
      if (name !== 'used' || typeof value !== 'number') return value
      return Number.MAX_SAFE_INTEGER
    }),
  )
}
