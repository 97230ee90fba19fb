import { FailureError } from '../../../shared/failure.ts'
import { shellQuote } from '../../transport/shell-quote.ts'
import type { Timing } from './timing.ts'
import type { CommandResult, CommandStream, RunOptions, SshSession } from '../../transport/ssh.ts'

const longestLine = 100_000

/**
 * Runs one simple command at a time on a host: no pipes, no lists, no shell variables, so that any login shell and the
 * smallest system understand it. Messages come in the C locale, whatever the device speaks otherwise.
 */
export class Shell {
  readonly address: string
  readonly ssh: SshSession
  readonly timing: Timing

  constructor(ssh: SshSession, address: string, timing: Timing) {
    this.ssh = ssh
    this.address = address
    this.timing = timing
  }

  /** For commands that read or write much on the host before they say a word. */
  get longWork(): Pick<RunOptions, 'idleMs' | 'totalMs'> & { readonly idleMs: number } {
    const { longWorkMs } = this.timing
    return { idleMs: longWorkMs, totalMs: 4 * longWorkMs }
  }

  /** Runs a command to its end; its exit code is for the caller to judge. Throws as `SshSession.run`. */
  async run(words: readonly string[], options: RunOptions): Promise<CommandResult> {
    return await this.ssh.run(commandLine(words), options)
  }

  /** Starts a command and gives its output as a stream. Throws as `SshSession.stream`. */
  async stream(words: readonly string[], options: RunOptions): Promise<CommandStream> {
    return await this.ssh.stream(commandLine(words), options)
  }

  /** Runs a command that fills a file from its input. */
  async fill(
    file: string,
    options: RunOptions & Required<Pick<RunOptions, 'stdin'>>,
  ): Promise<CommandResult> {
    return await this.ssh.run(`cat > ${shellQuote(file)}`, options)
  }

  /** Runs a command whose error output goes into a file on the device, and so survives a lost connection. */
  async streamKeepingErrors(
    words: readonly string[],
    errorFile: string,
    options: RunOptions,
  ): Promise<CommandStream> {
    return await this.ssh.stream(`${commandLine(words)} 2> ${shellQuote(errorFile)}`, options)
  }

  /**
   * Runs a command that has to succeed.
   * @throws FailureError `device-tool-missing`, `device-command-failed`
   */
  async must(words: readonly string[], options: RunOptions): Promise<CommandResult> {
    const result = await this.run(words, options)
    if (result.exitCode === 0) return result
    throw this.failure(words[0] ?? '', result.exitCode, result.stderr)
  }

  /** What a command that did not succeed means. 126 and 127 are a shell's words for "cannot be run". */
  failure(command: string, exitCode: number, detail: string): FailureError {
    if (exitCode === 126 || exitCode === 127) {
      return new FailureError({ code: 'device-tool-missing', address: this.address, tool: command })
    }
    return new FailureError({
      code: 'device-command-failed',
      address: this.address,
      command,
      exitCode,
      detail: detail === '' ? 'no message' : lastLines(detail),
    })
  }
}

/** Reads an output to its end and gives how many bytes it had. */
export async function drain(output: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const piece of output) bytes += piece.length
  return bytes
}

/** @throws FailureError `bad-input` where it would be longer than a Linux host takes */
function commandLine(words: readonly string[]): string {
  const line = ['env', 'LC_ALL=C', ...words].map(shellQuote).join(' ')
  if (line.length <= longestLine) return line
  throw new FailureError({ code: 'bad-input', field: 'parts', reason: 'names too much for one command' })
}

/** The end of a long message is where commands say why they stopped. */
function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' · ').slice(-600)
}
