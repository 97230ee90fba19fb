import type { Client, ClientChannel } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress } from '../../shared/model/address.ts'
import { defaultDeadlines, SilenceWatch, until, type Deadlines } from './deadlines.ts'
import { SshChannel, type CommandEnd } from './ssh-channel.ts'
import { openSsh, type SshConnectOptions } from './ssh-connect.ts'

const outputBytes = 16 * 1024 * 1024
const goodbyeMs = 2_000

/** How one command is run. */
export interface RunOptions {
  readonly signal: AbortSignal
  /** What the command reads; nothing, and closed at once, where it is left out. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Silence that ends the wait, in milliseconds; for commands that work long without a word. */
  readonly idleMs?: number
  /** More output than this is an answer nobody asked for; 16 MiB where it is left out. */
  readonly maxOutputBytes?: number
}

/** A finished command. */
export interface CommandResult extends CommandEnd {
  readonly stdout: Buffer
}

/** A command whose output is read while it runs. */
export interface CommandStream {
  readonly stdout: AsyncIterable<Buffer>
  /** Settles after the last piece; the exit code is the verdict. */
  readonly finished: Promise<CommandEnd>
  /** Gives up before the end. */
  readonly close: () => void
}

/** A logged-in SSH connection that runs commands; nothing else, so devices without SFTP are no exception. */
export interface SshSession extends AsyncDisposable {
  readonly fingerprint: string
  /** False once the connection is gone. */
  readonly alive: boolean
  /**
   * Runs a command to its end. Its exit code is for the caller to judge.
   * @throws FailureError `connection-lost`, `device-silent`, `unexpected-answer`, `cancelled`
   */
  readonly run: (command: string, options: RunOptions) => Promise<CommandResult>
  /** Starts a command and gives its output as a stream. Throws as `run`. */
  readonly stream: (command: string, options: RunOptions) => Promise<CommandStream>
}

/**
 * Opens a session: the host key is compared with the accepted ones before anything else, then the login follows.
 * @throws FailureError `pin-unknown`, `pin-changed`, `login-refused`, `weak-crypto`, `device-unreachable`,
 * `device-silent`, `unexpected-answer`, `cancelled`
 */
export async function connectSsh(options: SshConnectOptions): Promise<SshSession> {
  const { client, fingerprint } = await openSsh(options)
  return new Ssh(client, fingerprint, formatAddress(options.address), {
    ...defaultDeadlines,
    ...options.deadlines,
  })
}

class Ssh implements SshSession {
  readonly fingerprint: string
  readonly #client: Client
  readonly #address: string
  readonly #deadlines: Deadlines
  readonly #lost = new AbortController()
  readonly #closed: Promise<void>

  constructor(client: Client, fingerprint: string, address: string, deadlines: Deadlines) {
    this.#client = client
    this.fingerprint = fingerprint
    this.#address = address
    this.#deadlines = deadlines
    this.#closed = new Promise((resolve) => {
      client.once('close', () => {
        this.#lost.abort(this.#lostFailure())
        resolve()
      })
    })
  }

  get alive(): boolean {
    return !this.#lost.signal.aborted
  }

  async run(command: string, options: RunOptions): Promise<CommandResult> {
    const maxOutputBytes = options.maxOutputBytes ?? outputBytes
    const { stdout, finished, close } = await this.stream(command, options)
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of stdout) {
      bytes += piece.length
      if (bytes > maxOutputBytes) {
        close()
        const detail = `more than ${String(maxOutputBytes)} bytes of output`
        throw new FailureError({
          code: 'unexpected-answer',
          address: this.#address,
          request: command,
          detail,
        })
      }
      pieces.push(piece)
    }
    return { ...(await finished), stdout: Buffer.concat(pieces) }
  }

  async stream(command: string, options: RunOptions): Promise<CommandStream> {
    const watch = new SilenceWatch(this.#address, 'running', options.idleMs ?? this.#deadlines.idleMs)
    const signal = AbortSignal.any([options.signal, this.#lost.signal])
    try {
      const channel = new SshChannel(await this.#open(command, signal, watch), this.#address, signal, watch)
      const settled = channel.end.finally(() => {
        watch[Symbol.dispose]()
        // Whatever ended the wait, the device shall not go on writing to nobody.
        channel.close()
      })
      settled.catch(() => undefined)
      const written = channel.write(options.stdin ?? [])
      const finished = Promise.all([settled, written]).then(([end]) => end)
      finished.catch(() => undefined)
      return {
        stdout: channel.output(),
        finished,
        close: () => {
          channel.close()
        },
      }
    } catch (error) {
      watch[Symbol.dispose]()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.alive) return
    this.#client.end()
    const timer = setTimeout(() => this.#client.destroy(), goodbyeMs)
    await this.#closed
    clearTimeout(timer)
  }

  async #open(command: string, signal: AbortSignal, watch: SilenceWatch): Promise<ClientChannel> {
    const opened = new Promise<ClientChannel>((resolve, reject) => {
      this.#client.exec(command, (error, channel) => {
        if (error) reject(new FailureError(this.#refusal(command, error), { cause: error }))
        else resolve(channel)
      })
    })
    return await until(opened, [signal, watch.signal], 'running')
  }

  #refusal(command: string, error: Error) {
    return {
      code: 'unexpected-answer',
      address: this.#address,
      request: command,
      detail: error.message,
    } as const
  }

  #lostFailure(): FailureError {
    return new FailureError({
      code: 'connection-lost',
      address: this.#address,
      phase: 'running',
      bytesDone: 0,
    })
  }
}
