import { defaultDeadlines, Watch, type Deadlines } from './deadlines.ts'
import { RequestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { CommandEnd, SshChannel } from './ssh-channel.ts'
import { openSsh, type SshConnectOptions } from './ssh-connect.ts'
import { converse, type Dialogue, type DialogueOptions } from './ssh-dialogue.ts'
import { openFiles, type RemoteFiles } from './ssh-files.ts'
import { askThrough, type ForwardedAnswer, type ForwardedRequest } from './ssh-forward.ts'
import type { SshLine } from './ssh-line.ts'
import { startCommand } from './ssh-command.ts'
import type { Input } from './watched-input.ts'

const outputBytes = 16 * 1024 * 1024
const goodbyeMs = 1_000

/** How one command is run. */
export interface RunOptions {
  readonly signal: AbortSignal
  /** What the command reads; nothing, and closed at once, where it is left out. */
  readonly stdin?: Input
  /** Silence that ends the wait, in milliseconds; for commands that work long without a word. */
  readonly idleMs?: number
  /** How long it may take in all, in milliseconds. */
  readonly totalMs?: number
  /** `run` only: more output than this is an answer nobody asked for; 16 MiB where it is left out. */
  readonly maxOutputBytes?: number
}

/** A finished command. */
export interface CommandResult extends CommandEnd {
  readonly stdout: Buffer
}

/** A command whose output is read while it runs. */
export interface CommandStream {
  /** Pieces of up to 1 MiB, read once; throws where the command ended without an exit status. */
  readonly stdout: AsyncIterable<Buffer>
  /** Settles after the last piece was read; the exit code is the verdict. */
  readonly finished: Promise<CommandEnd>
  /** Gives up before the end: both of the above then end with `cancelled`. */
  readonly close: () => void
}

/**
 * A logged-in SSH connection that runs commands. Files, dialogues and forwarded requests are for the families that know
 * that their devices have them: many small devices have no SFTP.
 */
export interface SshSession extends AsyncDisposable {
  readonly fingerprint: string
  /** False once the connection is gone. */
  readonly alive: boolean
  /**
   * Runs a command to its end. Its exit code is for the caller to judge.
   * @throws RequestError with `connection-lost`, `device-silent`, `unexpected-answer`, `cancelled`; `requestSent` says
   * whether the command may have been started. And what `stdin` throws.
   */
  readonly run: (command: string, options: RunOptions) => Promise<CommandResult>
  /** Starts a command and gives its output as a stream. Throws as `run`. */
  readonly stream: (command: string, options: RunOptions) => Promise<CommandStream>
  /** Starts a program that asks and waits for answers. Throws as `run`. */
  readonly converse: (command: string, options: DialogueOptions) => Promise<Dialogue>
  /**
   * The device's files over SFTP, on a channel of their own that is opened once.
   * @throws RequestError as `run`, and `device-tool-missing` where the device has no SFTP
   */
  readonly files: (signal: AbortSignal) => Promise<RemoteFiles>
  /**
   * Sends one HTTP request to a service on the device itself (127.0.0.1), inside this connection: nothing of it is in
   * clear on the network. Throws as `run`.
   */
  readonly ask: (request: ForwardedRequest) => Promise<ForwardedAnswer>
}

/**
 * Opens a session: the host key is compared with the accepted ones before anything else, then the login follows.
 * @throws FailureError `pin-unknown`, `pin-changed`, `login-refused`, `weak-crypto`, `device-unreachable`,
 * `device-silent`, `connection-lost`, `unexpected-answer`, `cancelled`, `bad-input` for a key that cannot be read
 */
export async function connectSsh(options: SshConnectOptions): Promise<SshSession> {
  const { line, fingerprint } = await openSsh(options)
  return new Session(line, fingerprint, { ...defaultDeadlines, ...options.deadlines })
}

class Session implements SshSession {
  readonly fingerprint: string
  readonly #line: SshLine
  readonly #deadlines: Deadlines
  #files: Promise<RemoteFiles> | undefined

  constructor(line: SshLine, fingerprint: string, deadlines: Deadlines) {
    this.#line = line
    this.fingerprint = fingerprint
    this.#deadlines = deadlines
  }

  get alive(): boolean {
    return !this.#line.lost.aborted
  }

  async run(command: string, options: RunOptions): Promise<CommandResult> {
    const { maxOutputBytes = outputBytes } = options
    const { output, finished } = await this.#start(command, options, this.#deadlines.totalMs)
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of output) {
      bytes += piece.length
      if (bytes > maxOutputBytes) {
        const detail = `more than ${String(maxOutputBytes)} bytes of output`
        throw new RequestError(unexpected(this.#line.address, command, detail), true)
      }
      pieces.push(piece)
    }
    return { ...(await finished), stdout: Buffer.concat(pieces) }
  }

  async stream(command: string, options: RunOptions): Promise<CommandStream> {
    const started = await this.#start(command, options, this.#deadlines.transferMs)
    return {
      stdout: started.output,
      finished: started.finished,
      close: () => {
        started.abandon()
      },
    }
  }

  async converse(command: string, options: DialogueOptions): Promise<Dialogue> {
    return await converse(this.#line, command, options)
  }

  async files(signal: AbortSignal): Promise<RemoteFiles> {
    this.#files ??= openFiles(this.#line, this.#deadlines, signal)
    try {
      return await this.#files
    } catch (error) {
      this.#files = undefined
      throw error
    }
  }

  async ask(request: ForwardedRequest): Promise<ForwardedAnswer> {
    return await askThrough(this.#line, this.#deadlines, request)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#line.close(goodbyeMs)
  }

  async #start(command: string, options: RunOptions, totalMs: number): Promise<SshChannel> {
    const watch = new Watch({
      address: this.#line.address,
      phase: options.stdin ? 'uploading' : 'running',
      idleMs: options.idleMs ?? this.#deadlines.idleMs,
      totalMs: options.totalMs ?? totalMs,
      signals: [options.signal, this.#line.lost],
    })
    try {
      const started = await startCommand(this.#line, watch, { command })
      void started.feed(options.stdin ?? [])
      return started
    } catch (error) {
      watch[Symbol.dispose]()
      throw error
    }
  }
}
