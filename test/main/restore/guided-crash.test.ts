import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Procedure, ProcedureId } from '../../../src/shared/model/procedure.ts'
import { newFolder } from '../fake-family.ts'
import { bundle, killAtEveryCall, run, runTampered, skipWithoutStrace } from '../storage/support/programs.ts'
import { newContext } from '../workbench.ts'
import { draft, GuidedDevice, openGuidedBench } from './support/guided-bench.ts'

const steps = [
  draft('ready', 'confirmed'),
  draft('apply', 'automatic', { changes: true }),
  draft('inspect', 'confirmed', { verifies: true }),
]

let goOn = ''
let goOnWithoutIntent = ''
let template = ''
let id: ProcedureId | undefined
beforeAll(async () => {
  goOn = await bundle('test/main/restore/children/go-on.ts')
  goOnWithoutIntent = await bundle('test/main/restore/children/go-on.ts', {
    file: 'guided-step.ts',
    from: 'await needs.procedures.change(id, (now) => intendStep(now, step.id))',
    to: '',
  })
  template = join(await newFolder(), 'home')
  const device = new GuidedDevice()
  device.script.steps = steps
  const bench = await openGuidedBench(template, device)
  const plan = await bench.plan(newContext().signal)
  ;({ id } = await bench.guided.start(plan, newContext()))
  await bench.guided.confirm(id, { stepId: 'ready', by: 'maria', note: undefined })
  await bench.close()
}, 60_000)

/** A home whose procedure is at its changing step. */
async function newHome(): Promise<string> {
  const home = join(await newFolder(), 'home')
  await cp(template, home, { recursive: true })
  return home
}

const callsOf = async (home: string): Promise<number> =>
  (await readFile(join(home, '..', 'calls'), 'utf8').catch(() => '')).split('\n').length - 1

/** The next start of the program: takes over what is left, and goes on where it may. */
async function nextStart(home: string): Promise<{ readonly found: Procedure; readonly resumed: Procedure }> {
  const device = new GuidedDevice()
  const bench = await openGuidedBench(home, device)
  onTestFinished(bench.close)
  const told: unknown[] = []
  await bench.procedures.takeOver((failure) => told.push(failure))
  expect(told).toEqual([])
  const found = await bench.procedures.get(id!)
  const resumed = await bench.guided.run(id!, newContext())
  expect((await callsOf(home)) + device.changingCalls).toBeLessThanOrEqual(1)
  return { found, resumed }
}

describe('a process that is killed while it changes a device', () => {
  test(
    'at any call leaves the step ahead before its intent and unclear after it, and never a second changing call',
    { timeout: 180_000 },
    async (context) => {
      skipWithoutStrace(context)
      const seen = new Map<string, number>()
      const killed = await killAtEveryCall(
        ['rename', 'fsync', 'unlink', 'mkdir'],
        async () => [goOn, await newHome(), id!],
        async ([, home = '']) => {
          const sent = await callsOf(home)
          const { found, resumed } = await nextStart(home)
          const { phase } = found.steps[1]!.state
          seen.set(`${phase}, sent ${String(sent)}`, (seen.get(`${phase}, sent ${String(sent)}`) ?? 0) + 1)
          if (sent === 1) expect(['unclear', 'done']).toContain(phase)
          if (phase === 'unclear') expect(resumed.steps[1]!.state.phase).toBe('unclear')
          else expect(resumed.steps[1]!.state.phase).toBe('done')
        },
      )
      expect(killed).toBeGreaterThan(15)
      expect([...seen.keys()].toSorted()).toEqual([
        'ahead, sent 0',
        'done, sent 1',
        'unclear, sent 0',
        'unclear, sent 1',
      ])
    },
  )

  test('without the intent on disk would send the changing call twice', async (context) => {
    skipWithoutStrace(context)
    const home = await newHome()
    // The device takes note by the last write before the state is written down: killed right after that.
    for (let nth = 1; (await callsOf(home)) === 0; nth += 1) {
      await cp(template, home, { recursive: true, force: true })
      await runTampered([`rename:signal=KILL:when=${String(nth)}`], [goOnWithoutIntent, home, id!])
    }
    expect((await run(process.execPath, [goOnWithoutIntent, home, id!])).output).toContain('done')
    expect(await callsOf(home)).toBe(2)
  })
})
