import { readdirSync, readFileSync, truncateSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostFault } from '../../src/practice/linux-host/faults.ts'
import type { Fault } from '../../src/practice/ctrlx-core/faults.ts'
import { FailureError } from '../../src/shared/failure.ts'
import { newContext } from '../main/workbench.ts'
import { zipOf } from '../main/fake-family.ts'
import { smallDisk } from '../main/storage/support/small-disk.ts'
import { newControl, newHost } from './site.ts'

// O8: whatever goes wrong in B4 to B15, the restore does not begin, and nothing half-made is listed.

const create = { method: 'POST', path: '/setup/api/v1/create' } as const
const download = { method: 'GET', path: /^\/setup\/api\/v1\/setups\/./ } as const
const zip = 'application/zip'

const controlFaults: readonly (readonly [string, Fault, string])[] = [
  ['the device is busy (409)', { effect: 'status', status: 409, ...create }, 'device-refused'],
  ['the device refuses (500)', { effect: 'status', status: 500, ...create }, 'device-refused'],
  ['the device forbids (403)', { effect: 'status', status: 403, ...create }, 'rights-missing'],
  ['the answer is lost', { effect: 'lose-answer', how: 'reset', ...create }, 'connection-lost'],
  ['the task fails', { effect: 'task-failed', task: 'create', error: 'no' }, 'device-task-failed'],
  ['the task never moves', { effect: 'task-stuck', task: 'create', progress: 40 }, 'device-task-stalled'],
  ['the device is full at once', { effect: 'disk-full', task: 'create', noticed: 'request' }, 'device-full'],
  ['the device becomes full', { effect: 'disk-full', task: 'create', noticed: 'task' }, 'device-full'],
  [
    'the download is reset',
    { effect: 'cut-download', afterBytes: 900, how: 'reset', times: 2, ...download },
    'connection-lost',
  ],
  [
    'the download ends early',
    { effect: 'cut-download', afterBytes: 900, how: 'end', ...download },
    'length-mismatch',
  ],
  [
    'the file is shorter than listed',
    { effect: 'truncate-file', keepBytes: 900, ...download },
    'length-mismatch',
  ],
  [
    'the file is longer than announced',
    { effect: 'wrong-length', deltaBytes: -7, ...download },
    'length-mismatch',
  ],
  ['a bit is flipped', { effect: 'damage-file', offset: 400, ...download }, 'archive-'],
]

test.each(controlFaults)('a control: %s', async (_what, fault, reason) => {
  const site = await newControl({ payloadBytes: 20_000 })
  const plan = await site.plan(await site.backUp())
  site.device.inject(fault)
  const failure = await site.refused(plan)
  expect(failure).toMatchObject({ code: 'safety-backup-failed', device: 'PRESS-7' })
  expect(failure).toHaveProperty('reason', expect.stringContaining(reason))
})

test.each([
  ['no archive', () => Promise.resolve(Buffer.alloc(40_000, 'x')), 'archive-not-recognised'],
  ['an archive of something else', () => zipOf('something else'), 'archive-foreign'],
])('a control that sends %s', async (_what, make, reason) => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  const body = await make()
  site.device.inject({ effect: 'replace-answer', status: 200, type: zip, body, ...download })
  const list = /^\/setup\/api\/v1\/setups$/
  site.device.inject({
    effect: 'alter-json',
    path: list,
    times: 9,
    alter: (value) =>
      JSON.parse(JSON.stringify(value).replace(/"size":\d+/g, `"size":${body.length}`)) as unknown,
  })
  expect(await site.refused(plan)).toMatchObject({ code: 'safety-backup-failed', reason })
  const { vault } = site.bench
  const [kept, ...others] = (await vault.refusals.list()).refusals
  expect(kept).toMatchObject({ origin: 'safety', device: { name: 'PRESS-7' }, failure: { code: reason } })
  expect(others).toEqual([])
  expect(kept && readFileSync(await vault.refusals.contentPath(kept.id))).toEqual(body)
})

test('a disk that gives back something else than was written to it', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  const failure = await site.refused(plan, {
    onPhase: (phase) => {
      if (phase !== 'transferring') return
      const staging = join(site.bench.home, 'vault', 'staging')
      for (const file of readdirSync(staging, { recursive: true, encoding: 'utf8' })) {
        if (file.endsWith('.part')) truncateSync(join(staging, file), 1_000_000)
      }
    },
  })
  expect(failure).toMatchObject({ code: 'safety-backup-failed', reason: 'storage-damaged' })
})

test('a full disk on this computer', async (context) => {
  const disk = await smallDisk(context, 100)
  const site = await newControl({}, disk)
  const plan = await site.plan(await site.backUp())
  await writeFile(join(disk, 'filler'), Buffer.alloc(60 * 1024 * 1024))
  expect(await site.refused(plan)).toMatchObject({ code: 'safety-backup-failed', reason: 'disk-full' })
})

test('a person who cancels in the middle of it', async () => {
  const site = await newControl()
  const plan = await site.plan(await site.backUp())
  const controller = new AbortController()
  const context = {
    ...newContext(controller),
    report: ({ phase }: { phase: string }) => {
      if (phase === 'transferring') controller.abort(new FailureError({ code: 'cancelled', phase }))
    },
  }
  const start = site.device.log().length
  await expect(site.bench.restore(plan, undefined, context)).rejects.toMatchObject({
    failure: { code: 'cancelled' },
  })
  expect(site.changesSince(start).map(({ path }) => path)).toEqual([create.path])
  expect((await site.bench.vault.list()).records).toHaveLength(1)
})

const pack = / -cz?f - -- /

const hostFaults: readonly (readonly [string, HostFault, string])[] = [
  ['tar fails', { effect: 'fail', exitCode: 2, message: 'tar: I/O error' }, 'device-command-failed'],
  [
    'tar says at the end that it failed',
    { effect: 'exit', exitCode: 2, message: 'tar: x: I/O error' },
    'device-command-failed',
  ],
  ['the line is reset', { effect: 'cut-output', afterBytes: 900, how: 'reset' }, 'connection-lost'],
  ['the line ends', { effect: 'cut-output', afterBytes: 900, how: 'end' }, 'connection-lost'],
  ['the host falls silent', { effect: 'silence' }, 'device-silent'],
  ['a bit is flipped', { effect: 'damage-output', offset: 400 }, 'archive-'],
]

test.each(hostFaults)('a host: %s', async (_what, fault, reason) => {
  const site = await newHost()
  const plan = await site.plan(await site.backUp())
  const start = site.device.log().length
  site.device.inject({ ...fault, command: pack })
  const failure = await site.refused(plan)
  expect(failure.code).toBe('safety-backup-failed')
  expect(failure).toHaveProperty('reason', expect.stringContaining(reason))
  expect(site.changesSince(start)).toEqual([])
})
