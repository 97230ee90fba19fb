import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { FailureError } from '../shared/failure.ts'
import type { Device } from '../shared/model/device.ts'
import type { Job, JobId, JobResult } from '../shared/model/job.ts'
import { wantsPassword } from '../shared/model/family-login.ts'
import { languages, type Language } from '../shared/text/language.ts'
import { compose, type Ferrite } from '../main/compose.ts'
import { createToFailure, type IncidentLog } from '../main/jobs/to-failure.ts'
import { forkParser } from '../main/parser-host/fork-parser.ts'
import { defaultHome } from '../main/settings/home.ts'
import { exitCodeOf, type ExitCode } from './exit-codes.ts'
import { createOutput, type Output } from './output.ts'

/** The options that every command has. */
export interface CommonOptions {
  readonly home?: string
  readonly vault?: string
  readonly json?: boolean
  readonly progress?: string
  readonly lang?: string
  readonly passwordFile?: string
  readonly identity?: string
}

/** What a command works with. */
export interface CliSession {
  readonly ferrite: Ferrite
  readonly output: Output
  readonly options: CommonOptions
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** Registers the work of a command: its options with the common ones, its session, its exit code. */
export type RunCommand = <O extends CommonOptions>(
  options: O,
  work: (session: CliSession, options: O) => Promise<ExitCode>,
) => Promise<void>

/** Runs one command and gives its exit code. Nothing escapes: what is thrown becomes a failure with a code. */
export async function runCommand(
  options: CommonOptions,
  command: (session: CliSession) => Promise<ExitCode>,
): Promise<ExitCode> {
  const output = createOutput({
    json: options.json ?? false,
    progressJson: options.progress === 'json',
    language: languageOf(options.lang),
  })
  const interrupt = new AbortController()
  const onInterrupt = (): void => {
    interrupt.abort(new FailureError({ code: 'cancelled', phase: 'running' }))
  }
  process.once('SIGINT', onInterrupt)
  process.once('SIGTERM', onInterrupt)
  const logIncident: IncidentLog = (incident, error) => {
    output.say(`${incident}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  const toFailure = createToFailure(logIncident)
  let ferrite: Ferrite | undefined
  try {
    ferrite = await compose({
      home: options.home ?? defaultHome(),
      ...(options.vault !== undefined && { vaultFolder: options.vault }),
      logIncident,
      // Bundled beside this file, as every process of its own.
      startParser: () => forkParser(join(import.meta.dirname, 'parser-process.js')),
    })
    return await command({ ferrite, output, options, signal: interrupt.signal })
  } catch (error) {
    const failure = toFailure(error)
    output.failure(failure)
    return exitCodeOf(failure.code)
  } finally {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onInterrupt)
    await ferrite?.close()
  }
}

/** The language that was asked for, English where none was. */
export function languageOf(lang: string | undefined): Language {
  return languages.find((known) => known === lang) ?? 'en'
}

/** Follows a job to its end: Ctrl-C cancels it where that is still allowed. */
export async function followJob({ ferrite, output, signal }: CliSession, id: JobId): Promise<JobResult> {
  const { jobs } = ferrite
  const stop = jobs.onChange((job) => {
    if (job.id === id) output.progress(job)
  })
  const cancel = (): void => {
    if (!jobs.cancel(id)) output.say('The device is being changed; this cannot be cancelled any more.')
  }
  signal.addEventListener('abort', cancel)
  try {
    return resultOf(await jobs.wait(id))
  } finally {
    stop()
    signal.removeEventListener('abort', cancel)
  }
}

function resultOf({ state }: Job): JobResult {
  if (state.phase === 'done') return state.result
  if (state.phase === 'failed') throw new FailureError(state.failure)
  throw new FailureError({ code: 'cancelled', phase: 'running' })
}

/**
 * Finds the credentials for a device: a key file, the password from the environment, a file or standard input, the
 * SSH agent, or a prompt. Never from the command line itself.
 */
export async function giveCredentials({ ferrite, options }: CliSession, device: Device): Promise<void> {
  const { user, id } = device
  const give = ferrite.credentials.giveForSession.bind(ferrite.credentials, id)
  if (options.identity !== undefined) {
    const privateKey = await readText(options.identity)
    const passphrase = process.env['FERRITE_PASSPHRASE']
    give({ kind: 'key', user, privateKey, ...(passphrase !== undefined && { passphrase }) })
    return
  }
  const password = await findPassword(options, 'FERRITE_PASSWORD')
  const agent = process.env['SSH_AUTH_SOCK']
  const usesSsh = ferrite.familyOf(device.family).protocol === 'ssh'
  if (password !== undefined) give({ kind: 'password', user, password })
  else if (usesSsh && agent !== undefined) give({ kind: 'agent', user, socket: agent })
  else if (process.stdin.isTTY && wantsPassword(device)) {
    give({ kind: 'password', user, password: await promptSecret(`Password for ${user} on ${device.name}: `) })
  }
}

/** The password that protects an archive's secrets, where one was given. */
export function archivePassword(): string | undefined {
  return process.env['FERRITE_ARCHIVE_PASSWORD']
}

async function findPassword(options: CommonOptions, variable: string): Promise<string | undefined> {
  if (options.passwordFile !== undefined) {
    const text =
      options.passwordFile === '-' ? await readStandardInput() : await readText(options.passwordFile)
    return text.replace(/\r?\n$/, '')
  }
  return process.env[variable]
}

async function readText(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read'
    throw new FailureError({ code: 'file-unreadable', file, reason }, { cause })
  })
}

/** Everything on standard input, as text. */
export async function readStandardInput(): Promise<string> {
  let text = ''
  for await (const piece of process.stdin.setEncoding('utf8')) text += String(piece)
  return text
}

/** Asks on the terminal for something that is shown nowhere. */
export async function promptSecret(question: string): Promise<string> {
  // The terminal echoes what readline writes; a password is written nowhere.
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  process.stderr.write(question)
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
