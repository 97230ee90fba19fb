import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'

/** Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7) that mean something to a caller. */
const endOfFile = 1
const noSuchFile = 2

/** What the device answered to a file operation that it did not do. */
class StatusError extends FailureError {
  readonly status: number

  constructor(address: string, command: string, status: number, detail: string) {
    super({
      code: 'device-command-failed',
      address,
      command: `SFTP ${command}`,
      exitCode: status,
      detail: escapeUntrusted(detail, 300),
    })
    this.status = status
  }
}

/** The failure for an error that the SSH library hands to a callback. */
export function sftpFailure(address: string, command: string, error: Error): Error {
  const status = 'code' in error && typeof error.code === 'number' ? error.code : undefined
  return status === undefined ? error : new StatusError(address, command, status, error.message)
}

/** True where the device said that there is no such name, or that nothing more follows. */
export function isMissing(error: unknown, what: 'missing' | 'end'): boolean {
  return error instanceof StatusError && error.status === (what === 'missing' ? noSuchFile : endOfFile)
}
