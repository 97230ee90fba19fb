import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

/** Writes a source tree of one-line files and answers where it breaks the rules of the real configuration. */
async function violations(files: Readonly<Record<string, string>>): Promise<readonly Violation[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-arrows-'))
  folders.push(folder)
  for (const [path, code] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `${code}\nexport const own = 1\n`)
  }
  await writeFile(join(folder, 'tsconfig.base.json'), '{}')
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(root, 'dependency-cruiser.config.mjs')
  const output = await new Promise<string>((fulfil) => {
    const args = [cruiser, '--config', config, '--output-type', 'json', 'src']
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (_, stdout) => fulfil(stdout))
  })
  const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } }
  return summary.violations
}

async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const names = (await violations(files)).map(({ rule }) => rule.name)
  return [...new Set(names)].sort()
}

test('an arrow that is not listed is an error', async () => {
  const arrows = [
    ['src/shared/a0.ts', 'src/main/vault/b0.ts'],
    ['src/main/transport/a1.ts', 'src/main/transfer/b1.ts'],
    ['src/main/transfer/a2.ts', 'src/main/families/b2.ts'],
    ['src/main/archives/a3.ts', 'src/main/vault/b3.ts'],
    ['src/main/families/a4.ts', 'src/main/vault/b4.ts'],
    ['src/main/vault/a5.ts', 'src/main/catalog/b5.ts'],
    ['src/main/jobs/a6.ts', 'src/main/backup/b6.ts'],
    ['src/main/backup/a7.ts', 'src/main/app/b7.ts'],
    ['src/main/vault/a9.ts', 'src/main/compose.ts'],
    ['src/main/compose.ts', 'src/main/ipc/b8.ts'],
    ['src/main/unheard-of/a10.ts', 'src/main/vault/b10.ts'],
    ['src/renderer/a11.ts', 'src/main/vault/b11.ts'],
    ['src/practice/a12.ts', 'src/main/families/b12.ts'],
    ['src/cli/a13.ts', 'src/main/app/b13.ts'],
    ['src/preload/a14.ts', 'src/main/ipc/b14.ts'],
  ] as const
  const files = arrows.flatMap(([from, to]) => {
    const path = `${'../'.repeat(from.split('/').length - 1)}${to}`
    return [[to, ''] as const, [from, `import '${path}'`] as const]
  })
  const found = (await violations(Object.fromEntries(files))).map(({ from, to, rule }) => [
    from,
    to,
    rule.name,
  ])
  for (const arrow of arrows) expect(found).toContainEqual([...arrow, 'not-in-allowed'])
})

test('the listed arrows are allowed', async () => {
  const rules = await brokenRules({
    'src/shared/a.ts': '',
    'src/main/vault/a.ts': `import '../../shared/a.ts'`,
    'src/main/compose.ts': `import './vault/a.ts'`,
    'src/main/index.ts': `import './compose.ts'`,
    'src/cli/index.ts': `import '../main/compose.ts'`,
    'src/renderer/features/devices/a.ts': `import '../../../shared/a.ts'`,
  })
  expect(rules).toEqual([])
})

test('the handlers know the type of what compose builds, and never build it', async () => {
  const typed = {
    'src/main/compose.ts': '',
    'src/main/ipc/a.ts': `import type { own as built } from '../compose.ts'`,
  }
  expect(await brokenRules(typed)).toEqual([])
  const built = {
    'src/main/compose.ts': '',
    'src/main/ipc/a.ts': `import { own as built } from '../compose.ts'`,
  }
  expect(await brokenRules(built)).toEqual(['not-in-allowed'])
})

test('features do not import each other, and the design system imports none', async () => {
  const rules = await brokenRules({
    'src/renderer/features/devices/a.ts': `import '../jobs/a.ts'`,
    'src/renderer/features/jobs/a.ts': '',
    'src/renderer/ui/a.ts': `import '../features/jobs/a.ts'`,
  })
  expect(rules).toEqual(['features-are-apart', 'ui-knows-no-feature'])
})

test('a cycle is an error', async () => {
  const rules = await brokenRules({
    'src/shared/a.ts': `import './b.ts'`,
    'src/shared/b.ts': `import './a.ts'`,
  })
  expect(rules).toEqual(['no-cycles'])
})

test('an import at run time is seen like any other', async () => {
  const rules = await brokenRules({
    'src/main/vault/a.ts': `void import('node:net')\nvoid import('node:fs')`,
    'src/shared/a.ts': `void import('node:fs')`,
  })
  expect(rules).toEqual(['no-node-outside-node', 'sockets-in-transport-only'])
})
