import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 })

/**
 * Takes one guard at a time out of a copy of the sources and runs the test file that has to notice. The text must be
 * there exactly once, so that a guard that moves is missed here and not silently unguarded.
 */
interface Mutant {
  readonly file: string
  readonly guard: string
  readonly without: string
  readonly noticedBy: string
}

const restore = 'src/main/restore/restore.ts'
const useCase = 'test/main/restore/restore.test.ts'

const mutants: readonly (readonly [string, Mutant])[] = [
  ['the intent record', { file: restore, guard: 'await story.intend()', without: '', noticedBy: useCase }],
  [
    'the safety backup',
    {
      file: restore,
      guard: 'await takeSafetyBackup(needs, plan, request, session, before, context)',
      without: 'undefined as ArchiveRecord | undefined',
      noticedBy: useCase,
    },
  ],
  [
    'the second reading of the identity',
    {
      file: restore,
      guard: 'confirmSameDevice(plan, await identifyNow(familyOf, request.device, session, context.signal))',
      without: '',
      noticedBy: useCase,
    },
  ],
  [
    'the single changing call of the use case',
    {
      file: restore,
      guard: 'const commitment = await prepared.commit(context.signal)',
      without:
        'await prepared.commit(context.signal)\nconst commitment = await prepared.commit(context.signal)',
      noticedBy: useCase,
    },
  ],
  [
    'the single changing call of the family',
    {
      file: 'src/main/families/ctrlx-core/restore.ts',
      guard: "if (isSent) throw new Error('A restore is sent at most once')",
      without: '',
      noticedBy: 'test/peers/ctrlx-restore.test.ts -t cannot.be.sent.twice',
    },
  ],
  [
    'the typed name',
    {
      file: 'src/main/ipc/handlers/restore-handlers.ts',
      guard: 'Confirmations.checkName(plan, typedName)',
      without: '',
      noticedBy: 'test/main/ipc/restore-handlers.test.ts',
    },
  ],
]

let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ferrite-mutants-'))
  for (const name of ['src', 'test', 'package.json', 'tsconfig.base.json', 'vitest.config.ts']) {
    await cp(name, join(copy, name), { recursive: true })
  }
  await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
})

afterAll(async () => {
  await rm(copy, { recursive: true, force: true })
})

test.each(mutants)('%s cannot be taken out unnoticed', async (_what, { file, guard, without, noticedBy }) => {
  const place = join(copy, file)
  const source = await readFile(place, 'utf8')
  expect(source.split(guard)).toHaveLength(2)
  await writeFile(place, source.replace(guard, without))
  const { failed } = await run(noticedBy)
  await writeFile(place, source)
  expect(failed).toBeGreaterThan(0)
})

test('and with every guard in its place nothing is noticed', async () => {
  for (const noticedBy of new Set(mutants.map(([, mutant]) => mutant.noticedBy))) {
    const { failed, passed } = await run(noticedBy)
    expect({ noticedBy, failed, passes: passed > 0 }).toEqual({ noticedBy, failed: 0, passes: true })
  }
})

/** Runs one test file of the copy and counts its tests. */
async function run(words: string): Promise<{ readonly failed: number; readonly passed: number }> {
  const program = join('node_modules', 'vitest', 'vitest.mjs')
  const args = [program, 'run', '--project', 'node', '--reporter=json', ...words.split(' ')]
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/VITEST/.test(name)))
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: copy, env: environment, maxBuffer: 2 ** 26 },
      (_error, stdout) => {
        resolve(stdout)
      },
    )
  })
  const { numFailedTests: failed, numPassedTests: passed } = JSON.parse(
    output.slice(output.indexOf('{"')),
  ) as { numFailedTests: number; numPassedTests: number }
  return { failed, passed }
}
