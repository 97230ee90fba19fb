import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { PracticeDevice } from '../../src/practice/practice-device.ts'
import { builtCli } from './built-cli.ts'

const execute = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

/** How one process ended and what it wrote. */
export interface Ended {
  readonly code: number | null
  readonly bytes: Buffer
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly password?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Standard output is closed before anything is read, as `head` does sooner or later. */
  readonly closesEarly?: boolean
  /** Called with all of standard output so far and the process's id, to interrupt it at the right moment. */
  readonly onStdout?: (text: string, pid: number) => void
  /** The same for standard error. */
  readonly onStderr?: (text: string, pid: number) => void
}

/** A home of its own and the real process, as a script would call it. */
export class CommandLine {
  readonly home: string
  readonly #index: string
  /** Everything that any process wrote, for a search for what must not be there. */
  readonly #written: Buffer[] = []

  static async make(): Promise<CommandLine> {
    return new CommandLine(await mkdtemp(join(tmpdir(), 'ferrite-cli-')), await builtCli())
  }

  private constructor(home: string, index: string) {
    this.home = home
    this.#index = index
  }

  async run(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const { password, environment, stdin = '' } = options
    const child = spawn(process.execPath, [this.#index, ...words], {
      env: {
        PATH: process.env['PATH'],
        FERRITE_HOME: this.home,
        ...(password !== undefined && { FERRITE_PASSWORD: password }),
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const { stdout, stderr, pid = 0 } = child
    if (options.closesEarly === true) stdout.destroy()
    watch(stdout, (text) => options.onStdout?.(text, pid))
    watch(stderr, (text) => options.onStderr?.(text, pid))
    // A process that ends before it has read its input is no fault of the test.
    child.stdin.on('error', () => undefined).end(stdin)
    const [bytes, errors, [code]] = await Promise.all([
      options.closesEarly === true ? Buffer.alloc(0) : buffer(stdout),
      buffer(stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ])
    this.#written.push(bytes, errors)
    return { code, bytes, stdout: bytes.toString(), stderr: errors.toString() }
  }

  /** Runs with `--json` and reads the one document; throws where a process of this kind must not fail. */
  async json<T>(words: readonly string[], options: RunOptions = {}): Promise<T> {
    const ended = await this.run([...words, '--json'], options)
    if (ended.code !== 0)
      throw new Error(`${words.join(' ')}: ${String(ended.code)} ${ended.stdout}${ended.stderr}`)
    return JSON.parse(ended.stdout) as T
  }

  /** Adds a device whose fingerprint was compared. */
  async add(device: Reached, facts: Readonly<Record<string, string>> = {}): Promise<void> {
    const { name, family, address, user, fingerprint } = device
    const given = Object.entries(facts).flatMap(([key, value]) => ['--fact', `${key}=${value}`])
    const where = ['--family', family, '--address', address, '--user', user]
    await this.json(['device', 'add', name, ...where, '--pin', fingerprint, ...given])
  }

  /** The ids of all archives, the newest first. */
  async archives(): Promise<readonly string[]> {
    const { items } = await this.json<{ readonly items: readonly Archive[] }>(['archive', 'list'])
    return items.map(({ id }) => id)
  }

  /** What lies in the vault's staging folder. */
  async staged(): Promise<readonly string[]> {
    return await readdir(join(this.home, 'vault', 'staging'))
  }

  /** Every byte that was written to a stream or to a file under the home. */
  async everythingWritten(): Promise<Buffer> {
    const names = await readdir(this.home, { recursive: true })
    const files = await Promise.all(names.map(async (name) => await readPresent(join(this.home, name))))
    return Buffer.concat([...this.#written, Buffer.from(names.join('\n')), ...files.flat()])
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true })
  }
}

/** The bytes of a file; nothing of a folder, or of a temporary file that was renamed since it was listed. */
async function readPresent(file: string): Promise<readonly Buffer[]> {
  try {
    return (await stat(file)).isFile() ? [await readFile(file)] : []
  } catch (error) {
    if (!existsSync(file)) return []
    throw error
  }
}

function watch(stream: Readable, onText: (text: string) => void): void {
  let text = ''
  stream.on('data', (piece: Buffer) => {
    text += piece.toString()
    onText(text)
  })
}

/** What a test reads of a record. */
export interface Archive {
  readonly id: string
  readonly fileName: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** A device and how to log in to it. */
export interface Reached extends Pick<PracticeDevice, 'name' | 'family' | 'address' | 'fingerprint'> {
  readonly user: string
}

/** The problems that a program without any code of Ferrite finds in a vault and in the history beside it. */
export async function problemsOf(home: string, vault = join(home, 'vault')): Promise<readonly string[]> {
  const activity = join(home, 'activity.ndjson')
  const history = existsSync(activity) ? ['--activity', activity] : []
  const checker = join(root, 'scripts', 'vaultcheck.mjs')
  const found = await execute(process.execPath, [checker, vault, ...history, '--json']).catch(
    (error: unknown) => error as { readonly stdout: string },
  )
  return (JSON.parse(found.stdout) as { readonly problems: readonly string[] }).problems
}

/** The failure that a process told in its one JSON document. */
export function failureOf({ stdout }: Ended): { readonly code: string; readonly message: string } {
  return (JSON.parse(stdout) as { failure: { code: string; message: string } }).failure
}
