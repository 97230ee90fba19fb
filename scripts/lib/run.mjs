import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The checkout that this script belongs to. */
export const root = resolve(import.meta.dirname, '../..')

/** Tells the person at the terminal; standard output stays free for results. @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A failure whose message is all that a person needs: shown without a stack. */
export class PlainError extends Error {}

/**
 * Runs a script's main function; a failure ends the process with code 1.
 *
 * @param {() => Promise<number | void>} main
 */
export function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code ?? 0
    },
    (/** @type {unknown} */ error) => {
      say(
        error instanceof PlainError
          ? error.message
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error),
      )
      process.exitCode = 1
    },
  )
}

/** @param {string} program @returns {string | undefined} where PATH finds it */
export function which(program) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, program)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

/** The environment with the project's own programs first in PATH. */
export function projectEnvironment() {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter),
  }
}

/**
 * Runs a program in the checkout with the terminal's streams and answers its exit code. Signals that end this
 * process end the program too.
 *
 * @param {readonly string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>}
 */
export function run(command, options = {}) {
  const [program = '', ...args] = command
  const { env = projectEnvironment(), cwd = root, stdio = 'inherit' } = options
  const child = spawn(program, args, { cwd, env, stdio, shell: process.platform === 'win32' })
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal)
  process.on('SIGINT', forward)
  process.on('SIGTERM', forward)
  return new Promise((fulfil, reject) => {
    child.on('error', (cause) => {
      reject(new PlainError(`${program} does not start: ${cause.message}`))
    })
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      fulfil(code ?? (signal === null ? 1 : 128))
    })
  })
}

/**
 * Like {@link run}, but anything except exit code 0 is a failure.
 *
 * @param {readonly string[]} command
 * @param {Parameters<typeof run>[1]} [options]
 */
export async function mustRun(command, options) {
  const code = await run(command, options)
  if (code !== 0) throw new PlainError(`${command.join(' ')} ended with code ${code}.`)
}

/**
 * Runs a program and answers what it prints; its messages go to the terminal.
 *
 * @param {readonly string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<string>}
 */
export async function outputOf(command, options = {}) {
  const [program = '', ...args] = command
  const { env = projectEnvironment(), cwd = root } = options
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  /** @type {Buffer[]} */
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  const code = await new Promise((fulfil, reject) => {
    child.on('error', reject)
    child.on('close', fulfil)
  })
  if (code !== 0) throw new PlainError(`${command.join(' ')} ended with code ${String(code)}.`)
  return Buffer.concat(chunks).toString('utf8')
}

/** Whether a window can be shown. */
export function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}

/**
 * The command as it is where there is a display, else with a virtual one around it.
 *
 * @param {readonly string[]} command
 * @returns {readonly string[]}
 */
export function withDisplay(command) {
  if (hasDisplay()) return command
  if (which('xvfb-run') === undefined) {
    throw new PlainError('There is no display, and xvfb-run is missing: run "npm run setup" first.')
  }
  // Without -noreset the server resets when its last client leaves, and the next launch now and then finds none.
  return ['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24 -noreset', ...command]
}
