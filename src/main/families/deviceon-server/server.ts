import { FailureError } from '../../../shared/failure.ts'
import { shellQuote } from '../../transport/shell-quote.ts'
import type { CommandResult, SshSession } from '../../transport/ssh.ts'
import type { RemoteFiles } from '../../transport/ssh-files.ts'
import type { Edition } from './facts.ts'
import type { Timing } from './timing.ts'
import { oneLine } from './values.ts'

const answerBytes = 256 * 1024

/** A server with its edition known: the commands of its system, and paths as a person types them there. */
export class Server {
  readonly ssh: SshSession
  /** Canonical address, for failures. */
  readonly address: string
  readonly timing: Timing
  readonly edition: Edition
  /** What the system calls itself; empty where it does not say. */
  readonly systemName: string

  private constructor(
    ssh: SshSession,
    { address, timing }: { readonly address: string; readonly timing: Timing },
    system: { readonly edition: Edition; readonly systemName: string },
  ) {
    this.ssh = ssh
    this.address = address
    this.timing = timing
    this.edition = system.edition
    this.systemName = system.systemName
  }

  /**
   * Asks which system answers: `ver` is a command of Windows' command prompt, `uname` one of POSIX systems.
   * @throws FailureError `shell-not-supported` where PowerShell is the shell for SSH, `wrong-family` where nothing
   *   known answers
   */
  static async find(
    ssh: SshSession,
    about: { readonly address: string; readonly timing: Timing },
    signal: AbortSignal,
  ): Promise<Server> {
    const ask = async (command: string): Promise<string> => {
      const { exitCode, stdout } = await ssh.run(command, { signal, maxOutputBytes: answerBytes })
      return exitCode === 0 ? oneLine(stdout.toString()) : ''
    }
    const version = await ask('ver')
    if (/^Microsoft Windows/i.test(version)) {
      return new Server(ssh, about, { edition: 'windows', systemName: version })
    }
    const machine = await ask('uname -m')
    if (machine !== '') return new Server(ssh, about, { edition: 'linux', systemName: '' })
    if (/^\d+$/.test(await ask('$PSVersionTable.PSVersion.Major'))) {
      throw new FailureError({ code: 'shell-not-supported', address: about.address, shell: 'PowerShell' })
    }
    throw new FailureError({
      code: 'wrong-family',
      address: about.address,
      family: 'deviceon-server',
      detail: 'neither “ver” (Windows with the command prompt as its shell) nor “uname” (Linux) is answered',
    })
  }

  /** The files over SFTP. */
  async files(signal: AbortSignal): Promise<RemoteFiles> {
    return await this.ssh.files(signal)
  }

  async run(command: string, signal: AbortSignal, idleMs?: number): Promise<CommandResult> {
    return await this.ssh.run(command, {
      signal,
      maxOutputBytes: answerBytes,
      ...(idleMs !== undefined && { idleMs, totalMs: 2 * idleMs }),
    })
  }

  /** What a command prints; nothing where it fails, because a fact that cannot be read is simply not known. */
  async answer(command: string, signal: AbortSignal): Promise<string> {
    const { exitCode, stdout } = await this.run(command, signal)
    return exitCode === 0 ? stdout.toString() : ''
  }

  /**
   * The SHA-256 of a file as the server itself computes it.
   * @throws FailureError `device-command-failed`
   */
  async sha256(path: string, signal: AbortSignal): Promise<string> {
    const isWindows = this.edition === 'windows'
    const command = isWindows ? `certutil -hashfile "${path}" SHA256` : `sha256sum -- ${shellQuote(path)}`
    const { exitCode, stdout, stderr } = await this.run(command, signal, this.timing.longWorkMs)
    const text = stdout.toString()
    if (exitCode === 0) {
      // Older versions of Windows put a blank between the bytes.
      for (const line of text.split('\n')) {
        const digits = isWindows ? line.replaceAll(/\s/g, '') : line.replace(/^\\/, '').slice(0, 64)
        if (/^[0-9a-f]{64}$/i.test(digits)) return digits.toLowerCase()
      }
    }
    const detail = oneLine(stderr) || oneLine(text) || 'no message'
    const tool = isWindows ? 'certutil' : 'sha256sum'
    throw new FailureError({
      code: 'device-command-failed',
      address: this.address,
      command: tool,
      exitCode,
      detail,
    })
  }

  /** Free bytes where a folder lies; `undefined` where the server does not say. */
  async freeBytes(folder: string, signal: AbortSignal): Promise<number | undefined> {
    if (this.edition === 'linux') {
      const lines = (await this.answer(`df -Pk -- ${shellQuote(folder)}`, signal)).trimEnd().split('\n')
      const [, available] = /\s\d+\s+\d+\s+(\d+)\s+\d+%\s+\/.*$/.exec(lines.at(-1) ?? '') ?? []
      return available === undefined ? undefined : Number(available) * 1024
    }
    const drive = folder.slice(0, 1)
    const text = oneLine(await this.answer(powershell(`(Get-PSDrive -Name ${drive}).Free`), signal))
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }

  /** A path as SFTP takes it: OpenSSH for Windows shows the drives as folders of a root. */
  sftpPath(path: string): string {
    return this.edition === 'windows' ? `/${path.replaceAll('\\', '/')}` : path
  }

  join(folder: string, name: string): string {
    const separator = this.edition === 'windows' ? '\\' : '/'
    return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
  }

  /** @throws FailureError `bad-input` for a folder of the other system */
  checkFolder(field: string, folder: string): void {
    const isWindowsPath = !folder.startsWith('/')
    if (isWindowsPath === (this.edition === 'windows')) return
    const system = this.edition === 'windows' ? 'Windows' : 'Linux'
    throw new FailureError({
      code: 'bad-input',
      field,
      reason: `names “${folder}”, which is no path on ${system}`,
    })
  }
}

/** A command line of cmd.exe that evaluates one expression. It must hold no quotation mark and no percent sign. */
export function powershell(expression: string): string {
  return `powershell -NoProfile -NonInteractive -Command "${expression}"`
}
