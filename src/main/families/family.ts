import type { Failure } from '../../shared/failure.ts'
import type { ArchiveFacts, Rule } from '../../shared/compatibility/rule.ts'
import type { Protocol } from '../../shared/model/address.ts'
import type { Device, DeviceFacts } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { Progress } from '../../shared/model/progress.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type {
  Difference,
  PlanStep,
  ProtocolLine,
  RestoreOptions,
  RestoreOutcome,
  RestoreReport,
} from '../../shared/model/restore.ts'
import type { LeftOut, Scope } from '../../shared/model/scope.ts'
import type { OpenArchive } from '../archives/open.ts'
import type { Credentials } from '../transport/credentials.ts'

/** Takes what a family knows of how far it is; the use case adds rate and time left. */
export type ReportProgress = (progress: Progress) => void

/** Where and as whom to connect. A connection is refused unless the device's key is one of `fingerprints`. */
export interface ConnectRequest {
  readonly device: Device
  readonly credentials: Credentials
  /** Accepted fingerprints: the device's pin, and after a restore also the one recorded with the archive. */
  readonly fingerprints: readonly string[]
  readonly signal: AbortSignal
}

/**
 * One kind of device: one way of talking, one archive format, one set of rules. The use cases know nothing else
 * of it, so a new family touches only its own folder and one row of `families/index.ts`.
 */
export interface Family {
  readonly id: FamilyId
  readonly protocol: Protocol
  /** The family's rows of the rule table; the generic ones are added by the use case. */
  readonly rules: readonly Rule[]
  /**
   * Checks the extra facts a person gave for a device and fills in defaults.
   * @throws FailureError `bad-input` naming the fact
   */
  readonly checkFacts: (facts: DeviceFacts) => DeviceFacts
  /**
   * Checks the pin, then logs in.
   * @throws FailureError `pin-unknown`, `pin-changed`, `login-refused`, `device-unreachable`, `device-silent`, …
   */
  readonly connect: (request: ConnectRequest) => Promise<DeviceSession>
  /** True where the opened archive looks like one this family makes. */
  readonly recognises: (archive: OpenArchive) => boolean
  /**
   * What the archive says of its own source, with provenance `archive`; facts it does not hold are taken from `recorded`.
   * @throws FailureError `archive-foreign` where this is not an archive of the family
   */
  readonly readArchive: (archive: OpenArchive, recorded: Identity, signal: AbortSignal) => Promise<Identity>
  /** The family's part of a restore plan. Pure: looks only at what it is given. */
  readonly planRestore: (input: PlanInput) => FamilyPlan
  /**
   * Finds out what became of a restore after the one changing call: follows the device's task through reboots and
   * lost sessions, reads the device back and compares. Never sends a changing call again (bringing the
   * device back to its former operating state is the one exception, and is reported as a remark).
   * Gives `unknown` rather than guessing; rejects only when aborted.
   */
  readonly observeRestore: (request: ObserveRequest) => Promise<Observation>
}

/** A logged-in connection. Disposing it logs out and closes it, and never throws. */
export interface DeviceSession extends AsyncDisposable {
  /** The fingerprint this connection was checked against. */
  readonly fingerprint: string
  /** Reads the identity now. Remembers the connection it was read on: `commit` refuses any other one. */
  readonly identify: (signal: AbortSignal) => Promise<Identity>
  /** What a backup would hold now and what not. */
  readonly scope: (signal: AbortSignal) => Promise<Scope>
  /** Has the device make its file and opens the stream of its bytes. */
  readonly backUp: (request: BackupRequest) => Promise<BackupStream>
  /** R9: everything that can be done before the changing call and undone again (upload to a staging place, remote hash). */
  readonly prepareRestore: (request: RestoreRequest) => Promise<PreparedRestore>
}

export interface BackupRequest {
  /** Ids of scope parts; all that are chosen by default when absent. */
  readonly parts?: readonly string[]
  /** Protects the secrets inside, where the family can. */
  readonly password?: string
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

/** The bytes of a backup as the device gives them. */
export interface BackupStream {
  /** The device's own name for the file: untrusted, made safe by the vault. */
  readonly fileName: string
  readonly announcedBytes: number | undefined
  readonly content: AsyncIterable<Uint8Array>
  /**
   * Called once `content` has ended: the device's verdict on its own work.
   * @throws FailureError where the device says that the backup is not whole, whatever bytes came
   */
  readonly finish: () => Promise<BackupClosing>
}

export interface BackupClosing {
  readonly scope: Scope
  readonly passwordProtected: boolean
  readonly messages: readonly { readonly severity: string; readonly text: string }[]
}

export interface PlanInput {
  readonly device: Device
  readonly record: ArchiveRecord
  readonly archive: ArchiveFacts
  readonly target: Identity
  readonly options: RestoreOptions
}

/** What a family says about its own restore; the use case frames it with safety backup, confirmation and report. */
export interface FamilyPlan {
  readonly steps: readonly PlanStep[]
  readonly notRestored: readonly LeftOut[]
  readonly sideEffects: readonly string[]
  /** Rough room needed on the device in bytes, where known. */
  readonly roomNeededBytes: number | undefined
}

export interface RestoreRequest {
  readonly device: Device
  readonly record: ArchiveRecord
  /** The stored file, already re-hashed; read only. */
  readonly archiveFile: string
  readonly archive: OpenArchive
  readonly options: RestoreOptions
  readonly password?: string
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

export interface PreparedRestore {
  /**
   * R12, the one changing call, sent at most once and only on the connection on which `identify` ran last.
   * `refused`: the device said no and nothing changed. `unanswered`: it was sent and no answer came.
   * @throws FailureError only where it was certainly not sent
   */
  readonly commit: (signal: AbortSignal) => Promise<Commitment>
  /** Takes back what `prepareRestore` left on the device; never throws for a device that is gone. */
  readonly abandon: () => Promise<void>
}

/** `handle` finds the device's task again, also after a restart of the app. */
export type Commitment =
  | { readonly kind: 'accepted'; readonly handle: string }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'unanswered'; readonly detail: string }

export interface ObserveRequest {
  readonly restore: RestoreRequest
  /** The device's identity before the change. */
  readonly before: Identity
  readonly commitment: Exclude<Commitment, { readonly kind: 'refused' }>
  /** The session that sent the call, while it lives. */
  readonly session: DeviceSession | undefined
  /** Logs in again, with the accepted fingerprints; throws like `Family.connect`. */
  readonly reconnect: (signal: AbortSignal) => Promise<DeviceSession>
  /** The safety backup, to tell `verified-old` from `unknown`. */
  readonly safety: OpenArchive | undefined
  /** How long to wait for the device in total, in milliseconds. */
  readonly limitMs: number
}

/** What was found; the use case makes the report of it. */
export interface Observation {
  readonly outcome: RestoreOutcome
  readonly protocol: readonly ProtocolLine[]
  readonly errorCount: number
  readonly warningCount: number
  readonly differences: readonly Difference[]
  readonly remarks: RestoreReport['remarks']
}
