import { z } from './schema.ts'

/**
 * Every reason a person can be told, with the facts its sentence needs.
 *
 * The sentences live in `shared/text`; a code without a sentence does not compile. Facts are plain
 * strings and numbers so that a failure survives IPC, JSON and the job journal unchanged.
 * Facts that came from a device or an archive are untrusted text: show them escaped, never interpret them.
 */
export interface FailureFacts {
  // The app itself
  unexpected: { readonly incident: string }
  cancelled: { readonly phase: string }
  'bad-input': { readonly field: string; readonly reason: string }
  'not-found': { readonly kind: string; readonly id: string }
  'ambiguous-id': { readonly kind: string; readonly id: string; readonly matches: number }
  'name-taken': { readonly name: string }
  'request-refused': { readonly reason: string }

  // Reaching a device
  'device-busy': { readonly device: string; readonly job: string }
  'device-unreachable': { readonly address: string; readonly reason: string }
  'device-silent': { readonly address: string; readonly phase: string; readonly seconds: number }
  'connection-lost': { readonly address: string; readonly phase: string; readonly bytesDone: number }
  'login-refused': { readonly address: string; readonly user: string }
  'sessions-exhausted': { readonly address: string; readonly user: string }
  'rights-missing': { readonly address: string; readonly user: string; readonly right: string }
  'credentials-needed': { readonly device: string }
  'pin-unknown': { readonly address: string; readonly pinKind: string; readonly offered: string }
  'pin-changed': {
    readonly address: string
    readonly pinKind: string
    readonly pinned: string
    readonly offered: string
  }
  'weak-crypto': { readonly address: string; readonly detail: string }
  'wrong-family': { readonly address: string; readonly family: string; readonly detail: string }

  // What a device answered
  /** Commands sent over SSH go to a shell that the family does not speak. */
  'shell-not-supported': { readonly address: string; readonly shell: string }
  'unexpected-answer': { readonly address: string; readonly request: string; readonly detail: string }
  'redirect-refused': { readonly address: string; readonly location: string }
  'length-mismatch': {
    readonly what: string
    readonly announcedBytes: number
    readonly receivedBytes: number
  }
  'device-refused': {
    readonly address: string
    readonly request: string
    readonly status: number
    readonly detail: string
    readonly diagnosis: string
  }
  'device-task-failed': { readonly address: string; readonly task: string; readonly detail: string }
  'device-task-stalled': { readonly address: string; readonly task: string; readonly seconds: number }
  'device-no-room': { readonly address: string; readonly neededBytes: number; readonly freeBytes: number }
  'upload-damaged': {
    readonly address: string
    readonly expectedSha256: string
    readonly actualSha256: string
  }
  /** The device itself says that it has no room, and names no figure. */
  'device-full': { readonly address: string; readonly detail: string }
  'device-tool-missing': { readonly address: string; readonly tool: string }
  'device-command-failed': {
    readonly address: string
    readonly command: string
    readonly exitCode: number
    readonly detail: string
  }
  'device-state': { readonly address: string; readonly state: string; readonly needed: string }

  // Backups that are made elsewhere
  'nothing-new': { readonly device: string; readonly newest: string }
  'backup-by-hand': { readonly device: string; readonly family: string }
  /**
   * Several files wait on a device, and not all of them are stored: `waiting` are not. `reason` names those that were
   * tried, each with the code of what went wrong, or is the code of what ended the job.
   */
  'backups-incomplete': {
    readonly device: string
    readonly stored: number
    readonly waiting: number
    readonly reason: string
  }
  'file-still-growing': { readonly address: string; readonly file: string; readonly sizeBytes: number }

  // Disk
  'disk-full': { readonly place: string; readonly neededBytes: number; readonly freeBytes: number }
  'storage-unwritable': { readonly place: string; readonly reason: string }
  'storage-damaged': { readonly file: string; readonly reason: string }
  'storage-newer': { readonly file: string; readonly format: number; readonly known: number }
  'vault-gone': { readonly place: string }
  'file-unreadable': { readonly file: string; readonly reason: string }
  'target-not-empty': { readonly folder: string }
  'target-exists': { readonly file: string }
  'drag-too-large': { readonly limitBytes: number }

  // Archives
  'archive-changed': {
    readonly archive: string
    readonly expectedSha256: string
    readonly actualSha256: string
  }
  'archive-not-recognised': { readonly archive: string; readonly looksLike: string }
  /** Its inside is read by its maker alone. */
  'archive-opaque': { readonly archive: string }
  'archive-truncated': { readonly archive: string; readonly detail: string }
  'archive-structure': { readonly archive: string; readonly detail: string }
  'archive-ambiguous': { readonly archive: string; readonly detail: string }
  'archive-path': { readonly archive: string; readonly entry: string }
  'archive-name': { readonly archive: string; readonly entry: string }
  'archive-overlap': { readonly archive: string; readonly entry: string }
  'archive-bomb': { readonly archive: string; readonly entry: string; readonly ratio: number }
  'archive-too-many': { readonly archive: string; readonly entries: number; readonly limit: number }
  'archive-crc': { readonly archive: string; readonly entry: string }
  'archive-size-lie': { readonly archive: string; readonly entry: string; readonly declaredBytes: number }
  'archive-method': { readonly archive: string; readonly entry: string; readonly method: number }
  'archive-password': { readonly archive: string; readonly entry: string }
  /** One of the two does not tell what would be compared. */
  'not-comparable': { readonly what: string; readonly side: 'archive' | 'device' }
  'archive-foreign': { readonly archive: string; readonly family: string; readonly detail: string }
  /** An archive inside an archive, deeper than is opened. */
  'archive-nested-too-deep': { readonly archive: string; readonly entry: string; readonly limit: number }
  /** An archive inside an archive that would have to be unpacked into memory, and is too large for that. */
  'archive-nested-too-large': {
    readonly archive: string
    readonly entry: string
    readonly limitBytes: number
  }
  /**
   * The process that reads archives is gone. `ended`: it stopped; `frozen`: it did not answer; `memory`: it took too
   * much; `silent`: it did not get any further; `answer`: it answered something impossible; `fault`: it met something
   * that nobody foresaw.
   */
  'parser-died': {
    readonly archive: string
    readonly reason: 'ended' | 'frozen' | 'memory' | 'silent' | 'answer' | 'fault'
  }
  'entry-refused': { readonly archive: string; readonly entry: string; readonly reason: string }

  // Credentials
  'keychain-unavailable': { readonly backend: string }
  'secret-unreadable': { readonly device: string }

  // Restore
  'restore-blocked': { readonly device: string; readonly verdict: string; readonly rules: string }
  'confirmation-wrong': { readonly expected: string }
  'confirmation-missing': { readonly reason: string }
  'plan-stale': { readonly reason: string; readonly expected: string; readonly actual: string }
  'wrong-device': { readonly expected: string; readonly actual: string }
  'safety-backup-failed': { readonly device: string; readonly reason: string }
  'password-needed': { readonly archive: string }
  'outcome-unknown': { readonly device: string; readonly detail: string }
  'no-bridge': { readonly device: string; readonly archive: string }
  'app-files-unfit': { readonly device: string; readonly missing: string; readonly unfit: string }
  /** `state` is the operating state the device was left in, empty where it is the former one. */
  'apps-incomplete': {
    readonly device: string
    readonly done: string
    readonly failed: string
    readonly running: string
    readonly ahead: string
    readonly reason: string
    readonly state: string
    readonly safety: string
  }
  'not-for-drills': { readonly device: string }
  'way-back-missing': { readonly device: string }
  'step-not-current': { readonly step: string; readonly current: string }
  'step-needs-note': { readonly step: string }
  'step-not-proven': { readonly step: string; readonly detail: string }
}

/** The stable name of a failure: part of the command line's contract. */
export type FailureCode = keyof FailureFacts

/** A failure of one code, or of any. */
export type Failure<C extends FailureCode = FailureCode> = {
  [K in C]: { readonly code: K } & FailureFacts[K]
}[C]

/** Shape check for failures read back from disk or IPC; unknown codes become `undefined` at the caller. */
export const failureSchema = z
  .looseObject({ code: z.string() })
  .transform((value) => value as unknown as Failure)

/** Carries a failure through `throw`. Caught at the edges (IPC, command line, job runner) and turned into a value. */
export class FailureError extends Error {
  override readonly name = 'FailureError'
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options)
    this.failure = failure
  }
}

/** True where the thrown thing carries a failure with this code. */
export function isFailure<C extends FailureCode>(
  error: unknown,
  code: C,
): error is FailureError & { readonly failure: Failure<C> } {
  return error instanceof FailureError && error.failure.code === code
}
