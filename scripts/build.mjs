/**
 * npm run build: the app into out/main, out/preload and out/renderer, the command line into out/cli.
 *
 *   --if-stale   only when a source is newer than the last build
 */
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun, root, runMain, say } from './lib/run.mjs'

const stamp = join(root, 'out', '.built')
const sources = [
  'src',
  'assets',
  'package-lock.json',
  'bundle.config.ts',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
]

/** Builds everything that has a source. */
export async function build() {
  const startedAt = new Date()
  if (existsSync(join(root, 'src/main/index.ts'))) {
    await mustRun(['electron-vite', 'build', '--logLevel', 'warn'])
  } else {
    say('No app is built: there is no src/main/index.ts.')
  }
  if (existsSync(join(root, 'src/cli/index.ts'))) {
    await mustRun(['vite', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'])
    await chmod(join(root, 'out/cli/index.js'), 0o755)
  } else {
    say('No command line is built: there is no src/cli/index.ts.')
  }
  await mkdir(join(root, 'out'), { recursive: true })
  await writeFile(stamp, startedAt.toISOString())
}

export async function buildIfStale() {
  if (!(await isFresh())) await build()
}

async function isFresh() {
  if (!existsSync(stamp)) return false
  const builtAt = await stat(stamp)
  for (const source of sources) {
    if ((await newestIn(join(root, source))) >= builtAt.mtimeMs) return false
  }
  return true
}

/** @param {string} path @returns {Promise<number>} when the newest file or folder below it changed, 0 without any */
async function newestIn(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = await stat(path)
  const names = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : []
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs))
  return Math.max(mtimeMs, ...times)
}

if (import.meta.filename === process.argv[1]) {
  runMain(() => (process.argv.includes('--if-stale') ? buildIfStale() : build()))
}
