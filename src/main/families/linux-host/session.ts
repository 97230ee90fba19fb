import { FailureError } from '../../../shared/failure.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import { certainlyNotSent } from '../../transport/request-error.ts'
import type { SshSession } from '../../transport/ssh.ts'
import type {
  BackupRequest,
  BackupStream,
  Commitment,
  DeviceSession,
  PreparedRestore,
  RestoreRequest,
} from '../family.ts'
import { checkParts, rootsOf } from './archive.ts'
import { backUp } from './backup.ts'
import { outermost, placeOf, readFacts, type HostFacts } from './facts.ts'
import { readIdentity } from './identity.ts'
import { keptPaths } from './kept-paths.ts'
import { checkMode, checkWayBack, chosenParts } from './plan.ts'
import { checkRoom } from './room.ts'
import { readScope } from './scope.ts'
import { drain, Shell } from './shell.ts'
import { makeStaging, removeStaging, stagingOf, upload, type Staging } from './staging.ts'
import type { Timing } from './timing.ts'
import { extractCommand, readTar, type Tar } from './tar.ts'

/** One login on a Linux host over one SSH connection; it never connects again by itself. */
export class LinuxSession implements DeviceSession {
  readonly fingerprint: string
  readonly shell: Shell
  readonly facts: HostFacts
  #tar: Promise<Tar> | undefined
  #identifiedOn: SshSession | undefined

  constructor(ssh: SshSession, device: Device, timing: Timing) {
    this.fingerprint = ssh.fingerprint
    this.facts = readFacts(device.facts)
    this.shell = new Shell(ssh, device.address, timing)
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    this.#identifiedOn = undefined
    const identity = await readIdentity(this.shell, this.facts, signal)
    this.#identifiedOn = this.shell.ssh
    return identity
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    return await readScope(this.shell, this.facts, signal)
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    const tar = await this.tar(request.signal)
    return await backUp(this.shell, { facts: this.facts, tar }, request)
  }

  async checkRestore(request: RestoreRequest): Promise<void> {
    await this.#check(request)
  }

  async prepareRestore(request: RestoreRequest): Promise<PreparedRestore> {
    const { shell, facts } = this
    const { signal } = request
    const { parts, tar } = await this.#check(request)
    const staging = stagingOf(facts, request.record)
    try {
      await makeStaging(shell, staging, signal)
      await upload(shell, staging, request)
    } catch (error) {
      await removeStaging(shell, staging)
      throw error
    }
    // Without a choice `tar` is told nothing, so that names it would read otherwise than Ferrite are unpacked as well.
    const named = request.options.parts === undefined ? [] : parts
    const { container } = request.record
    const command = extractCommand(tar, facts.root, {
      file: staging.file,
      container,
      parts: named,
      kept: keptPaths(request.options.keep),
    })
    return {
      commit: (commitSignal) => this.#commit(command, staging, commitSignal),
      abandon: async () => {
        await removeStaging(shell, staging)
      },
    }
  }

  /** Everything that can be judged of a request before the host is touched; gives the parts to restore. */
  async checkRequest({ archive, options, signal }: RestoreRequest): Promise<readonly string[]> {
    checkMode(options)
    const parts = outermost(chosenParts(await rootsOf(archive), options))
    await checkParts(archive, parts)
    checkWayBack(parts, this.facts.paths, options)
    const root = await this.shell.run(['ls', '-d', '--', placeOf(this.facts.root, '.')], { signal })
    if (root.exitCode === 0) return parts
    throw new FailureError({ code: 'bad-input', field: 'root', reason: 'is no folder on the device' })
  }

  /** What `tar` on this host can do; asked once for each connection. */
  async tar(signal: AbortSignal): Promise<Tar> {
    this.#tar ??= readTar(this.shell, signal)
    try {
      return await this.#tar
    } catch (error) {
      this.#tar = undefined
      throw error
    }
  }

  /** What can be refused by reading alone. */
  async #check(request: RestoreRequest): Promise<{ readonly parts: readonly string[]; readonly tar: Tar }> {
    const parts = await this.checkRequest(request)
    const tar = await this.tar(request.signal)
    if (request.options.keep.length > 0 && !tar.isGnu) {
      const reason = 'needs GNU tar on the device, which alone is known to leave paths out'
      throw new FailureError({ code: 'bad-input', field: 'keep', reason })
    }
    await checkRoom(this.shell, { facts: this.facts, parts }, request)
    return { parts, tar }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shell.ssh[Symbol.asyncDispose]()
  }

  /** R12. Once the command may have reached the host, only looking at the host tells what became of it. */
  async #commit(command: readonly string[], staging: Staging, signal: AbortSignal): Promise<Commitment> {
    const { shell } = this
    if (this.#identifiedOn !== shell.ssh) {
      throw new FailureError({
        code: 'plan-stale',
        reason: 'the connection',
        expected: 'the one on which the identity was read',
        actual: 'another one',
      })
    }
    if (!shell.ssh.alive) {
      const { address } = shell
      throw new FailureError({ code: 'connection-lost', address, phase: 'before applying', bytesDone: 0 })
    }
    if (signal.aborted) throw new FailureError({ code: 'cancelled', phase: 'applying' })
    try {
      const sent = await shell.streamKeepingErrors(command, staging.messages, {
        signal,
        idleMs: shell.timing.unpackMs,
      })
      await drain(sent.stdout)
      const { exitCode, stderr } = await sent.finished
      const isRun = exitCode !== 126 && exitCode !== 127
      if (!isRun) return { kind: 'refused', failure: shell.failure('tar', exitCode, stderr).failure }
      return { kind: 'accepted', handle: `exit ${exitCode}` }
    } catch (error) {
      if (certainlyNotSent(error)) throw error
      return {
        kind: 'unanswered',
        detail: error instanceof FailureError ? error.failure.code : String(error),
      }
    }
  }
}
