/**
 * npm run demo: Ferrite with a fleet of simulated devices, in a home of its own (.demo/), nothing to prepare.
 *
 *   --headless-check <file.png>   starts all on a virtual display, waits for the window, saves a picture of it, ends
 */
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { electronEnvironment, electronRuntime, rootOptions } from './electron-runtime.mjs'
import {
  hasDisplay,
  outputOf,
  PlainError,
  projectEnvironment,
  root,
  run,
  runMain,
  say,
  withDisplay,
} from './lib/run.mjs'
import { setUp } from './setup.mjs'

const home = join(root, '.demo', 'home')
const commandLine = [process.execPath, join(root, 'out/cli/index.js')]

/**
 * @typedef {object} SimulatedDevice
 * @property {string} name
 * @property {string} family
 * @property {string} address
 * @property {string} fingerprint
 * @property {string} user
 * @property {string} password
 * @property {Readonly<Record<string, string>>} [facts]
 */

/** @param {readonly string[]} options */
async function main(options) {
  const at = options.indexOf('--headless-check')
  const picture = at === -1 ? undefined : resolve(options[at + 1] ?? 'demo.png')
  await setUp()
  if (!hasDisplay()) {
    if (picture === undefined) {
      throw new PlainError(
        'There is no display. To see the demo as a picture:\n\n  npm run demo -- --headless-check demo.png\n',
      )
    }
    return run(withDisplay([process.execPath, import.meta.filename, '--headless-check', picture]))
  }
  await rm(home, { recursive: true, force: true })
  await mkdir(home, { recursive: true })
  const fleet = await startFleet()
  try {
    await addDevices(fleet.devices)
    return picture === undefined ? await openApp() : await takePicture(picture)
  } finally {
    await fleet.stop()
  }
}

function demoEnvironment() {
  return { ...projectEnvironment(), FERRITE_HOME: home }
}

/** Starts the simulated devices and waits for their first line, which describes them. */
async function startFleet() {
  const [program = '', ...args] = [...commandLine, 'practice', 'start', '--json']
  const fleet = spawn(program, args, { env: demoEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((fulfil) => fleet.on('close', fulfil))
  const stop = async () => {
    fleet.kill('SIGTERM')
    const patience = setTimeout(() => fleet.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(patience)
  }
  try {
    const line = await firstLine(fleet.stdout, ended)
    /** @type {{ items: SimulatedDevice[] }} */
    const { items } = JSON.parse(line)
    return { devices: items, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * @param {import('node:stream').Readable} stream
 * @param {Promise<unknown>} ended
 * @returns {Promise<string>}
 */
async function firstLine(stream, ended) {
  let text = ''
  const line = new Promise((fulfil) => {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) fulfil(text.slice(0, text.indexOf('\n')))
    })
  })
  const silence = new Promise((fulfil) => setTimeout(fulfil, 60_000, undefined).unref())
  const first = await Promise.race([line, ended.then(() => undefined), silence])
  if (typeof first !== 'string')
    throw new PlainError('The simulated devices did not start; see the messages above.')
  return first
}

/** @param {readonly SimulatedDevice[]} devices */
async function addDevices(devices) {
  for (const { name, family, address, fingerprint, user, facts = {} } of devices) {
    const stated = Object.entries(facts).flatMap(([fact, value]) => ['--fact', `${fact}=${value}`])
    const reached = ['--family', family, '--address', address, '--user', user, '--pin', fingerprint]
    // Nobody needs what a simulated device does, so drills may be made on each.
    const words = ['device', 'add', name, ...reached, ...stated, '--role', 'practice', '--json']
    await outputOf([...commandLine, ...words], { env: demoEnvironment() })
  }
  const width = Math.max(...devices.map(({ name }) => name.length))
  say('Simulated devices, for this demo only:')
  for (const { name, user, password } of devices)
    say(`  ${name.padEnd(width)}  user ${user}  password ${password}`)
}

/** Opens the window and waits until it is closed. */
async function openApp() {
  const env = { ...electronEnvironment(await electronRuntime()), FERRITE_HOME: home }
  return run(['electron', ...rootOptions(), '.'], { env })
}

/** @param {string} picture */
async function takePicture(picture) {
  const { _electron } = await import('playwright')
  const runtime = electronEnvironment(await electronRuntime())
  Object.assign(process.env, { ELECTRON_OVERRIDE_DIST_PATH: runtime.ELECTRON_OVERRIDE_DIST_PATH })
  const app = await _electron.launch({
    args: ['.'],
    cwd: root,
    env: { ...environmentOf(runtime), FERRITE_HOME: home },
  })
  try {
    const window = await app.firstWindow()
    await window.locator('main').waitFor({ timeout: 30_000 })
    await window.waitForTimeout(1000)
    await window.screenshot({ path: picture })
  } finally {
    await app.close()
  }
  say(`The window is in ${picture}.`)
  return 0
}

/** @param {NodeJS.ProcessEnv} environment @returns {Record<string, string>} */
function environmentOf(environment) {
  const entries = Object.entries(environment).filter(([, value]) => value !== undefined)
  return Object.fromEntries(/** @type {[string, string][]} */ (entries))
}

runMain(() => main(process.argv.slice(2)))
