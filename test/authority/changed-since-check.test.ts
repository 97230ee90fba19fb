import { expect, test, vi } from 'vitest'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { newControl, newHost } from './site.ts'

vi.setConfig({ testTimeout: 60_000 })

// O7

const moments = [
  'planned',
  'connecting',
  'reading-identity',
  'checking-fit',
  'safety-backup',
  'transferring',
  'opening',
  'confirming-identity',
] as const

/** Up to here a change is seen at R4, and the device is not even asked for a safety backup. */
const seenFirst: readonly string[] = ['planned', 'connecting', 'reading-identity']

/** What a colleague does at the device, and how it is named. */
const changes: readonly (readonly [string, string, (device: CtrlxCore) => void])[] = [
  [
    'an app is installed',
    'apps',
    (device) => {
      device.edit(({ apps }) => ({ apps: [...apps, { ...apps.at(-1)!, name: 'new-app' }] }))
    },
  ],
  [
    'an app is removed',
    'apps',
    (device) => {
      device.edit(({ apps }) => ({ apps: apps.slice(0, -1) }))
    },
  ],
  [
    'an app is disabled',
    'apps',
    (device) => {
      device.edit(({ apps }) => ({
        apps: apps.map((app) => (app.name === 'rexroth-plc' ? { ...app, enabled: false } : app)),
      }))
    },
  ],
  [
    'the system version is changed',
    'systemVersion',
    (device) => {
      device.changeVersion('4.4')
    },
  ],
  [
    'the device is renamed',
    'hostname',
    (device) => {
      device.edit(() => ({ hostname: 'press-9' }))
    },
  ],
  [
    'the operating state is changed',
    'operatingState',
    (device) => {
      device.edit(() => ({ operatingState: 'SERVICE' }))
    },
  ],
]

test.each(changes)(
  '%s at any of 8 moments since the plan: nothing is sent, both values are shown',
  async (_what, reason, change) => {
    for (const moment of moments) {
      const site = await newControl()
      const plan = await site.plan(await site.backUp())
      const start = site.device.log().length
      if (moment === 'planned') change(site.device)
      let isDone = moment === 'planned'
      const failure = await site.refused(plan, {
        safetyBackups: seenFirst.includes(moment) ? 0 : 1,
        onPhase: (phase) => {
          if (isDone || phase !== moment) return
          isDone = true
          change(site.device)
        },
      })
      expect(isDone, moment).toBe(true)
      expect(failure, moment).toMatchObject({ code: 'plan-stale', reason })
      if (failure.code === 'plan-stale') expect(failure.expected).not.toBe(failure.actual)
      const made = site.changesSince(start).map(({ path }) => path)
      expect(made, moment).toEqual(seenFirst.includes(moment) ? [] : ['/setup/api/v1/create'])
      expect((await site.plan((await site.bench.vault.list()).records[0]!)).hash).not.toBe(plan.hash)
    }
  },
)

test('a host that is updated at any of 8 moments since the plan gets nothing unpacked', async () => {
  for (const moment of moments) {
    const site = await newHost()
    const plan = await site.plan(await site.backUp())
    const change = (): void => {
      const text = site.device.tree.read('usr/lib/os-release').toString()
      site.device.tree.write('usr/lib/os-release', text.replaceAll('12', '13'), {
        mode: 0o644,
        uid: 0,
        gid: 0,
        modifiedAt: 0,
      })
    }
    if (moment === 'planned') change()
    const failure = await site.refused(plan, {
      safetyBackups: seenFirst.includes(moment) ? 0 : 1,
      onPhase: (phase) => {
        if (phase === moment) change()
      },
    })
    expect(failure, moment).toMatchObject({
      code: 'plan-stale',
      reason: 'systemVersion',
      expected: 'debian 12',
      actual: 'debian 13',
    })
  }
})
