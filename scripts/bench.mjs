/**
 * npm run bench: the measurements of test/bench, bundled and run under Node, or with --electron under Electron's Node.
 * Everything else on the command line is passed on.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronEnvironment, electronExecutable, electronRuntime } from './electron-runtime.mjs'
import { mustRun, PlainError, root, run, runMain } from './lib/run.mjs'
import { setUp } from './setup.mjs'

/** @param {readonly string[]} options */
async function main(options) {
  if (!existsSync(join(root, 'test/bench/index.ts'))) throw new PlainError('There is no test/bench/index.ts.')
  await setUp()
  await mustRun(['vite', 'build', '--config', 'vite.bench.config.ts', '--logLevel', 'warn'])
  const command = ['.cache/bench/index.js', ...options.filter((option) => option !== '--electron')]
  if (!options.includes('--electron')) return run([process.execPath, ...command])
  const runtime = await electronRuntime()
  const env = { ...electronEnvironment(runtime), ELECTRON_RUN_AS_NODE: '1' }
  return run([electronExecutable(runtime), ...command], { env })
}

runMain(() => main(process.argv.slice(2)))
