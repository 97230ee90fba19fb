import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Procedure } from '../../src/shared/model/procedure.ts'
import {
  startDeviceOnServer,
  type DeviceOnServer,
} from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import { CommandLine, failureOf, type Ended } from './command-line.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const password = 'Canary-4711-procedure-7'
const account = 'root@advantech.com.tw'
const name = 'PLANT'

let cli: CommandLine
let server: DeviceOnServer
let archive: string

beforeAll(async () => {
  cli = await CommandLine.make()
  server = await startDeviceOnServer({
    folder: await mkdtemp(join(tmpdir(), 'ferrite-deviceon-')),
    name,
    edition: 'windows',
    credentials: { user: 'deviceon', password },
    portalLogin: { account, password },
    stepMs: 2,
  })
  const facts = {
    storageFolder: server.storageFolder,
    installFolder: server.installFolder,
    portalPort: String(server.portalPort),
    portalUser: account,
  }
  await cli.add(Object.assign(server, { user: 'deviceon' }), facts)
  await cli.json(['backup', name], { password })
  archive = (await cli.archives()).at(-1)!
})

afterAll(async () => {
  await server.stop()
  await rm(server.folder, { recursive: true, force: true })
  await cli.remove()
})

const procedureOf = ({ stdout }: Ended): Procedure =>
  (JSON.parse(stdout) as { procedure: Procedure }).procedure
const stateOf = (procedure: Procedure, id: string) =>
  procedure.steps.find(({ draft }) => draft.id === id)?.state
const run = async (words: readonly string[]): Promise<Ended> =>
  await cli.run([...words, '--json'], { password })
const restarts = (): number => server.events().length

describe('what only a person can know', () => {
  test('is stated of a device, checked, shown as stated, and taken back', async () => {
    const wrong = await run(['device', 'set', name, '--fact', 'tpm=perhaps'])
    expect(wrong.code).toBe(2)
    expect(failureOf(wrong)).toMatchObject({ code: 'bad-input' })
    expect((await run(['device', 'set', name, '--fact', 'color=red'])).code).toBe(2)
    const set = await cli.json<{ facts: object }>(['device', 'set', name, '--fact', 'schedule=daily'])
    expect(set.facts).toMatchObject({ schedule: 'daily', portalUser: account })
    const shown = await cli.run(['device', 'show', name])
    expect(shown.stdout).toMatch(/schedule +daily +stated by a person/)
    const back = await cli.json<{ facts: object }>(['device', 'set', name, '--fact', 'schedule='])
    expect(back.facts).not.toHaveProperty('schedule')
    expect(back.facts).toMatchObject({ portalUser: account })
  })

  test('is stated of the source of an archive, and shown with it', async () => {
    expect((await run(['archive', 'state', archive, '--fact', 'tpm=perhaps'])).code).toBe(2)
    expect((await run(['archive', 'state', archive, '--fact', 'schedule=daily'])).code).toBe(2)
    await cli.json(['archive', 'state', archive, '--fact', 'serverAddress=192.168.1.40'])
    const { stated } = await cli.json<{ stated: Record<string, { value: string }> }>([
      'archive',
      'show',
      archive,
    ])
    expect(stated['serverAddress']?.value).toBe('192.168.1.40')
    await cli.json(['archive', 'state', archive, '--fact', 'serverAddress='])
    expect(await cli.json(['archive', 'show', archive])).toMatchObject({ stated: {} })
  })

  test('is asked for by the check that it blocks, and settles it', async () => {
    const blocked = await run(['check', archive, name])
    expect(blocked.code).toBe(3)
    const { findings } = JSON.parse(blocked.stdout) as {
      findings: readonly { rule: string; result: string; asks?: readonly { about: string; fact: string }[] }[]
    }
    const asks = findings.find(({ rule }) => rule === 'D2')?.asks ?? []
    expect(asks.map(({ fact }) => fact)).toContain('tpm')
    await cli.json(['archive', 'state', archive, '--fact', 'tpm=no'])
    await cli.json(['device', 'set', name, '--fact', 'tpm=no'])
    expect((await run(['check', archive, name])).code).toBe(0)
  })
})

describe('a guided restore', () => {
  let begun: Procedure
  const restore = ['restore', '', name, '--run-tool']

  beforeEach(() => {
    restore[1] = archive
  })

  test('does not begin without the exact name', async () => {
    const wrong = await run([...restore, '--confirm', 'plant'])
    expect(wrong.code).toBe(2)
    expect(failureOf(wrong).code).toBe('confirmation-wrong')
    expect(await cli.json(['procedure', 'list'])).toEqual({ items: [] })
  })

  test('shows in its plan who does what', async () => {
    const plan = await cli.run([...restore, '--plan-only'], { password })
    expect(plan.code).toBe(0)
    expect(plan.stdout).toMatch(/! +1\. You do it +Bring PLANT to a clean state/)
    expect(plan.stdout).toMatch(/! +5\. Ferrite does it +Run the recovery tool/)
  })

  test('takes the safety backup and stops where it waits for a person, with code 0 and the next command', async () => {
    const ended = await run([...restore, '--confirm', name])
    expect(ended.code).toBe(0)
    begun = procedureOf(ended)
    expect(begun.safetyArchiveId).toBeDefined()
    expect(stateOf(begun, 'baseline')).toEqual({ phase: 'ahead' })
    const shown = await cli.run(['procedure', 'show', begun.id])
    expect(shown.stdout).toContain(`ferrite procedure confirm ${begun.id} baseline --note`)
  })

  test('is the only one on its device', async () => {
    const second = await run([...restore, '--confirm', name])
    expect(failureOf(second).code).toBe('device-busy')
  })

  test('does not take a step for done without the note it needs, nor one whose turn has not come', async () => {
    const mute = await run(['procedure', 'confirm', begun.id, 'baseline'])
    expect([mute.code, failureOf(mute).code]).toEqual([2, 'step-needs-note'])
    const early = await run(['procedure', 'confirm', begun.id, 'agents'])
    expect([early.code, failureOf(early).code]).toEqual([2, 'step-not-current'])
  })

  test('goes on by itself after a person’s step, changes the server once, and waits again', async () => {
    server.resetToDefault()
    const before = restarts()
    const ended = await run(['procedure', 'confirm', begun.id, 'baseline', '--note', 'Reset to Default'])
    expect(ended.code).toBe(0)
    const procedure = procedureOf(ended)
    expect(stateOf(procedure, 'baseline')).toMatchObject({ phase: 'done', note: 'Reset to Default' })
    expect(stateOf(procedure, 'run-tool')).toMatchObject({ phase: 'done', by: 'ferrite' })
    expect(restarts()).toBeGreaterThan(before)
    expect(server.sight().restoredFrom).toBe(begun.plan.archiveSha256)
  })

  test('can be looked at and gone on with by the start of its id, which changes nothing while it waits', async () => {
    const events = restarts()
    const start = begun.id.slice('proc-'.length, 'proc-'.length + 6)
    const procedure = procedureOf(await run(['procedure', 'resume', start]))
    expect(procedure.id).toBe(begun.id)
    expect(restarts()).toBe(events)
  })

  test('ends with its report, and with the code of that', async () => {
    let procedure = procedureOf(await run(['procedure', 'show', begun.id]))
    let last: Ended | undefined
    while (!procedure.report) {
      const step = procedure.steps.find(({ state }) => state.phase !== 'done')!
      const words = ['procedure', 'confirm', begun.id, step.draft.id, '--note', 'as the source']
      last = await run(words)
      if (last.code !== 0 && last.code !== 4) throw new Error(last.stdout + last.stderr)
      procedure = procedureOf(last)
    }
    expect(procedure.report).toMatchObject({ outcome: 'verified-new' })
    expect(last?.code).toBe(procedure.report.clean ? 0 : 4)
    const { items } = await cli.json<{ items: readonly Procedure[] }>(['procedure', 'list'])
    expect(items.map(({ id }) => id)).toEqual([begun.id])
  })

  test('is ended before its last step with a reason; what a person may have begun is not known, code 9', async () => {
    const next = procedureOf(await run([...restore, '--confirm', name]))
    const mute = await run(['procedure', 'abandon', next.id, '--reason', ' '])
    expect(failureOf(mute).code).toBe('bad-input')
    const ended = await run(['procedure', 'abandon', next.id, '--reason', 'the wrong day'])
    expect(ended.code).toBe(9)
    expect(procedureOf(ended).report).toMatchObject({ outcome: 'unknown', clean: false })
    expect(failureOf(await run(['procedure', 'confirm', next.id, 'baseline', '--note', 'late'])).code).toBe(
      'step-not-current',
    )
  })

  test('that does not exist is named', async () => {
    expect(failureOf(await run(['procedure', 'show', 'zzzz'])).code).toBe('not-found')
  })
})

test('the password is nowhere in what the command line wrote', async () => {
  expect((await cli.everythingWritten()).includes(password)).toBe(false)
})
