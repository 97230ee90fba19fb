import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const kept = join(root, '.cache', 'cli')

/**
 * The command line as it is shipped: bundled, for plain Node. Built once for each state of the sources, so that the
 * many processes of these tests start in a fraction of a second.
 */
export async function builtCli(): Promise<string> {
  const folder = join(kept, stateOfSources())
  if (!existsSync(folder)) await build(folder)
  return join(folder, 'index.js')
}

/** The parser process, bundled beside the command line. */
export async function builtParser(): Promise<string> {
  return join(dirname(await builtCli()), 'parser-process.js')
}

async function build(folder: string): Promise<void> {
  await mkdir(kept, { recursive: true })
  const own = `${folder}.${randomUUID()}`
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const words = ['build', '-c', 'vite.cli.config.ts', '--outDir', own, '--logLevel', 'warn']
  await run(process.execPath, [vite, ...words], { cwd: root })
  // Another worker may have built the same in the meantime: then that one counts.
  await rename(own, folder).catch(async (error: unknown) => {
    await rm(own, { recursive: true })
    if (!existsSync(folder)) throw error
  })
}

function stateOfSources(): string {
  const hash = createHash('sha256')
  for (const name of ['shared', 'main', 'practice', 'cli']) {
    const folder = join(root, 'src', name)
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const { mtimeMs, size } = statSync(join(folder, file))
      if (file.endsWith('.ts')) hash.update(`${name}/${file} ${String(mtimeMs)} ${String(size)}\n`)
    }
  }
  return hash.digest('hex').slice(0, 16)
}
