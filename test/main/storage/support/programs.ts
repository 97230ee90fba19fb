import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'
import type { TestContext } from 'vitest'

/** What a program that ran to its end has left. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
  readonly errors: string
}

/** A program that runs. */
export interface Running {
  readonly process: ChildProcess
  /** Settles when standard output has held the text; rejects when the program ends before. */
  readonly said: (text: string) => Promise<void>
  readonly ended: Promise<Ended>
}

/** A deliberate mistake: in the file whose path ends so, one piece of text becomes another. */
export interface Mutation {
  readonly file: string
  readonly from: string
  readonly to: string
}

/**
 * Makes one file that plain Node runs, of a TypeScript program under test/; with a mistake, where one is given.
 * It is named by its content and kept among the caches, so that parallel tests share it.
 */
export async function bundle(entry: string, mutation?: Mutation): Promise<string> {
  let mutated = mutation === undefined
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    plugins: [
      {
        name: 'mutation',
        enforce: 'pre',
        transform: (code, id) => {
          if (mutation === undefined || !id.endsWith(mutation.file) || !code.includes(mutation.from))
            return undefined
          mutated = true
          return code.replace(mutation.from, mutation.to)
        },
      },
    ],
    build: {
      ssr: entry,
      write: false,
      target: 'node20',
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  if (!mutated) throw new Error(`nothing to change: ${JSON.stringify(mutation)}`)
  const [chunk] = 'output' in result ? result.output : []
  if (chunk?.type !== 'chunk') throw new Error(`${entry} gave no program`)
  const name = createHash('sha256').update(chunk.code).digest('hex').slice(0, 16)
  const folder = join(import.meta.dirname, '../../../../.cache/test-programs')
  const program = join(folder, `${basename(entry, '.ts')}-${name}.mjs`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${program}.${String(process.pid)}`, chunk.code)
  renameSync(`${program}.${String(process.pid)}`, program)
  return program
}

/** Starts a program and listens to it. */
export function start(command: string, args: readonly string[]): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  const listeners = new Set<() => void>()
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString()
    for (const listener of listeners) listener()
  })
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, output, errors })
    })
  })
  const said = async (text: string) =>
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (output.includes(text)) resolve()
      }
      listeners.add(check)
      check()
      ended.then(({ errors: why }) => {
        reject(new Error(`ended without saying "${text}": ${why}`))
      }, reject)
    })
  return { process: child, said, ended }
}

/** Runs a program to its end. */
export async function run(command: string, args: readonly string[]): Promise<Ended> {
  return await start(command, args).ended
}

/** Skips a test, with the reason, where system calls cannot be made to fail. */
export function skipWithoutStrace(context: TestContext): void {
  try {
    execFileSync('strace', ['-qq', '-e', 'trace=none', process.execPath, '-e', '0'], { stdio: 'pipe' })
  } catch (error) {
    context.skip(`strace does not work here: ${String(error)}`)
  }
}

/**
 * Runs a Node program and tampers with its system calls, e.g. `fsync:error=EIO:when=2` or `rename:signal=KILL:when=1`.
 * `only` limits this to calls on that path (of a rename, the old one). One worker thread, so that counting is stable.
 */
export async function runTampered(
  injections: readonly string[],
  program: readonly string[],
  only?: string,
): Promise<Ended> {
  const calls = injections.map((injection) => injection.split(':')[0]).join(',')
  const tampering = injections.flatMap((injection) => ['-e', `inject=${injection}`])
  const paths = only === undefined ? [] : ['-P', only]
  const strace = ['-f', '-qq', '-o', '/dev/null', '-E', 'UV_THREADPOOL_SIZE=1', '-e', `trace=${calls}`]
  return await run('strace', [...strace, ...paths, ...tampering, process.execPath, ...program])
}

/**
 * Kills a program at the first, second, … call of each kind, until it gets to its end. Gives how often it was killed.
 * `prepare` gives the arguments of one run; `check` looks at what that run has left.
 */
export async function killAtEveryCall(
  calls: readonly string[],
  prepare: () => Promise<readonly string[]>,
  check: (program: readonly string[], ended: Ended) => Promise<void>,
): Promise<number> {
  let killed = 0
  for (const call of calls) {
    for (let nth = 1; ; nth += 1) {
      const program = await prepare()
      const ended = await runTampered([`${call}:signal=KILL:when=${String(nth)}`], program)
      await check(program, ended)
      if (ended.code === 0) break
      if (ended.signal !== 'SIGKILL' && ended.code !== 137)
        throw new Error(`not killed: ${JSON.stringify(ended)}`)
      killed += 1
    }
  }
  return killed
}
