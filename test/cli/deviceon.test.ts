import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startDeviceOnServer,
  type DeviceOnServer,
} from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import type { Fit } from '../../src/shared/model/finding.ts'
import type { Procedure } from '../../src/shared/model/procedure.ts'
import { CommandLine, problemsOf, type Reached } from './command-line.ts'

const password = 'Canary-deviceon-6f1'
let line: CommandLine
let server: DeviceOnServer & Reached
let folder: string

beforeAll(async () => {
  line = await CommandLine.make()
  folder = await mkdtemp(join(tmpdir(), 'ferrite-deviceon-'))
  const started = await startDeviceOnServer({
    folder,
    name: 'PLANT-1',
    edition: 'windows',
    archiveCount: 2,
    credentials: { user: 'deviceon', password },
    stepMs: 2,
  })
  server = Object.assign(started, { user: 'deviceon' })
})
afterAll(async () => {
  await server.stop()
  await line.remove()
  await rm(folder, { recursive: true, force: true })
})

const recoveryStarts = (): number =>
  server.events().filter(({ event }) => event === 'recovery-started').length

const stepIn = ({ steps }: Procedure): string | undefined =>
  steps.find(({ state }) => state.phase !== 'done')?.draft.id

/** One command of the procedure; gives it as it stands afterwards. */
async function say(words: readonly string[]): Promise<Procedure> {
  return (await line.json<{ readonly procedure: Procedure }>(words, { password })).procedure
}

test('a server is added, backed up, checked and restored step by step', { timeout: 180_000 }, async () => {
  await line.add(server, server.facts ?? {})
  const first = await line.run(['backup', 'PLANT-1', '--json'], { password })
  expect(first.code, first.stderr).toBe(0)
  const archives = await line.archives()
  expect(archives).toHaveLength(2)
  const [archive = ''] = archives

  const again = await line.run(['backup', 'PLANT-1', '--json'], { password })
  expect(again.code).not.toBe(0)
  expect(again.stdout + again.stderr).toContain('nothing-new')

  const unknown = await line.run(['check', archive, 'PLANT-1', '--json'], { password })
  expect(unknown.code).toBe(3)
  const { findings } = JSON.parse(unknown.stdout) as Fit
  expect(findings.find(({ rule }) => rule === 'D2')).toMatchObject({
    reason: 'use-unknown',
    result: 'unknown',
  })
  await line.json(['archive', 'state', archive, '--fact', 'tpm=no'])

  const restore = ['restore', archive, 'PLANT-1', '--confirm', 'PLANT-1', '--run-tool']
  const begun = await say(restore)
  expect(stepIn(begun)).toBe('baseline')
  expect(recoveryStarts()).toBe(0)
  const hasty = await line.run(['procedure', 'confirm', begun.id, 'baseline', '--json'], { password })
  expect(hasty.stdout + hasty.stderr).toContain('step-needs-note')

  server.resetToDefault()
  const ran = await say(['procedure', 'confirm', begun.id, 'baseline', '--note', 'Reset to Default'])
  expect(stepIn(ran)).toBe('look-at-portal')
  expect(recoveryStarts()).toBe(1)
  expect(server.sight().restoredFrom).toBe(begun.plan.archiveSha256)

  const looked = await say(['procedure', 'confirm', begun.id, 'look-at-portal', '--note', '24 devices'])
  const ended = await say(['procedure', 'confirm', looked.id, 'agents'])
  expect(ended.report).toMatchObject({ outcome: 'verified-new', clean: true })
  expect(recoveryStarts()).toBe(1)
  const shown = await line.run(['procedure', 'show', begun.id])
  expect(shown.stdout).toContain('Restore successfully')
  expect((await line.everythingWritten()).includes(password)).toBe(false)
  expect(await problemsOf(line.home)).toEqual([])
})
