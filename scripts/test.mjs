/**
 * npm test: everything that can be tested on this machine, and one last line with what came of it.
 *
 *   --reuse-unit   takes over the unit test results of the `npm run check` just before
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronEnvironment, electronExecutable, electronRuntime } from './electron-runtime.mjs'
import { root, run, runMain, say, which, withDisplay } from './lib/run.mjs'
import { packApp } from './package.mjs'
import { setUp } from './setup.mjs'

const results = join(root, '.cache', 'test-results')
const unitResults = join(results, 'unit.json')

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/** @param {{ readonly reuseUnit: boolean }} options */
async function main({ reuseUnit }) {
  await mkdir(results, { recursive: true })
  /** @type {Counts[]} */
  const counts = []
  try {
    await setUp({ build: false })
    await build()
    counts.push(reuseUnit && existsSync(unitResults) ? await vitestCounts(unitResults, 0) : await unitTests())
    counts.push(await unitTestsUnderElectron())
    await packApp({ onlyFolder: true })
    await packApp({ e2e: true })
    // As packed as what ships, but for the one fuse that test drivers need.
    counts.push(await appTests('app', join(root, 'release-e2e', packedExecutable())))
    counts.push(await appTests('package'))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    counts.push({ passed: 0, failed: 1, skipped: 0 })
  }
  return report(counts)
}

async function unitTests() {
  await rm(unitResults, { force: true })
  const code = await run([
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitResults}`,
  ])
  return vitestCounts(unitResults, code)
}

/**
 * What talks to TLS, SSH and files, once more with the V8 and the BoringSSL that ship. Left out is what starts the parser
 * process of the command line, which runs under Node alone; that of the window is started by the app's own tests.
 */
async function unitTestsUnderElectron() {
  const file = join(results, 'unit-electron.json')
  await rm(file, { force: true })
  const runtime = await electronRuntime()
  const env = { ...electronEnvironment(runtime), ELECTRON_RUN_AS_NODE: '1' }
  const command = [electronExecutable(runtime), 'node_modules/vitest/vitest.mjs', 'run', '--project', 'node']
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const nodeOnly = ['test/main/parser-host/**', 'test/main/archives/huge-archives.test.ts']
  const left = nodeOnly.flatMap((pattern) => ['--exclude', pattern])
  const code = await run([...command, ...options, ...left, 'test/shared', 'test/main'], { env })
  return vitestCounts(file, code)
}

/** @param {'app' | 'package'} project @param {string} [executable] a packed app instead of the checkout's */
async function appTests(project, executable) {
  const file = join(results, `${project}${executable === undefined ? '' : '-packed'}.json`)
  await rm(file, { force: true })
  const env = {
    ...electronEnvironment(await electronRuntime()),
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    ...(executable === undefined ? {} : { FERRITE_E2E_EXECUTABLE: executable }),
  }
  const command = ['playwright', 'test', '--project', project, '--reporter=list,json']
  const code = await run(withKeyring(withDisplay(command)), { env })
  return playwrightCounts(file, code)
}

/** @param {readonly string[]} command */
function withKeyring(command) {
  const isPossible = which('dbus-run-session') !== undefined && which('gnome-keyring-daemon') !== undefined
  return process.platform === 'linux' && isPossible ? ['scripts/with-keyring.sh', ...command] : command
}

/** @returns {string} */
function packedExecutable() {
  if (process.platform === 'win32') return join('win-unpacked', 'Ferrite.exe')
  if (process.platform === 'darwin') return join('mac', 'Ferrite.app', 'Contents', 'MacOS', 'Ferrite')
  return join('linux-unpacked', 'ferrite')
}

/** @param {string} file @param {number} code @returns {Promise<Counts>} */
async function vitestCounts(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const report = JSON.parse(await readFile(file, 'utf8'))
  /** A file that does not even load has no failed test to be counted. @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults
  const unloadable = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return atLeastOneFailure(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  })
}

/** @param {string} file @param {number} code @returns {Promise<Counts>} */
async function playwrightCounts(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const { stats } = JSON.parse(await readFile(file, 'utf8'))
  return atLeastOneFailure(code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  })
}

/** A runner can fail with all tests passed: an error outside of any test. @param {number} code @param {Counts} counts */
function atLeastOneFailure(code, counts) {
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** @param {readonly Counts[]} counts @returns {number} the exit code */
function report(counts) {
  /** @param {keyof Counts} key */
  const sum = (key) => counts.reduce((total, each) => total + each[key], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`)
  return failed === 0 && passed > 0 ? 0 : 1
}

runMain(() => main({ reuseUnit: process.argv.includes('--reuse-unit') }))
