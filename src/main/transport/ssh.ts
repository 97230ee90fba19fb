import type { ClientChannel } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { defaultDeadlines, until, Watch, type Deadlines } from './deadlines.ts'
import { RequestError } from './request-error.ts'
import { lineFailure, unexpected } from './socket-failure.ts'
import { SshChannel, type CommandEnd } from './ssh-channel.ts'
import { openSsh, type SshConnectOptions } from './ssh-connect.ts'
import type { SshLine } from './ssh-line.ts'
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

/** A logged-in SSH connection that runs commands; nothing else, so devices without SFTP are no exception. */
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
      const started = await this.#open(command, watch)
      void started.feed(options.stdin ?? [])
      return started
    } catch (error) {
      watch[Symbol.dispose]()
      throw error
    }
  }

  async #open(command: string, watch: Watch): Promise<SshChannel> {
    if (watch.signal.aborted)
      throw new RequestError(lineFailure(watch.reason, this.#line.address, watch.phase, 0), false)
    let isWanted = true
    const opened = new Promise<SshChannel>((resolve, reject) => {
      this.#line.client.exec(command, (error, channel) => {
        if (error) reject(error)
        // Listens at once: the end of a quick command may lie in the same packet, and is told only to those who listen.
        else if (isWanted) resolve(new SshChannel(channel, this.#line, watch, command))
        else letGo(channel)
      })
    })
    try {
      return await until(opened, watch)
    } catch (error) {
      isWanted = false
      // A reason is given only for a channel that was not opened: then the command was not sent either.
      const isRefused = error instanceof Error && 'reason' in error && error.reason !== ''
      throw new RequestError(this.#refusal(command, error, watch), !isRefused)
    }
  }

  #refusal(command: string, error: unknown, watch: Watch): FailureError {
    const { address, lost } = this.#line
    if (error instanceof FailureError) return lineFailure(error, address, watch.phase, 0)
    if (lost.aborted) return lineFailure(lost.reason, address, watch.phase, 0)
    return unexpected(address, command, error instanceof Error ? error.message : String(error), error)
  }
}

/** Closes a channel that was opened after nobody waited for it any more. */
function letGo(channel: ClientChannel): void {
  channel.on('error', () => undefined)
  channel.pause()
  channel.close()
}
