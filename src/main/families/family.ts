import type { Failure } from '../../shared/failure.ts'
import type { ArchiveFacts, Rule } from '../../shared/compatibility/rule.ts'
import type { Protocol } from '../../shared/model/address.ts'
import type { Device, DeviceFacts } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { FamilyLogin } from '../../shared/model/family-login.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { Progress } from '../../shared/model/progress.ts'
import type { AppChange, BridgePlan } from '../../shared/model/bridge.ts'
import type { Evidence, ProcedureStep } from '../../shared/model/procedure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type {
  Difference,
  IdentityChoice,
  PlanStep,
  ProtocolLine,
  Removal,
  RestoreOptions,
  RestoreOutcome,
  RestorePlan,
  RestoreReport,
  StepDraft,
} from '../../shared/model/restore.ts'
import type { LeftOut, Scope } from '../../shared/model/scope.ts'
import type { ArchiveAccess } from '../archives/archive-access.ts'
import type { AppInFile } from './app-in-file.ts'
import type { Credentials } from '../transport/credentials.ts'

/** Takes what a family knows of how far it is; the use case adds rate and time left. */
export type ReportProgress = (progress: Progress) => void

/** Where and as whom to connect. A connection is refused unless the device's key is one of `fingerprints`. */
export interface ConnectRequest {
  readonly device: Device
  /** `undefined` where the family's `login` is `none`, or `optional` and nobody gave any. */
  readonly credentials: Credentials | undefined
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
  /** As `familyLogins` says: with `none` no credentials are sent, with `optional` only to a device that asks. */
  readonly login: FamilyLogin
  /** The family's rows of the rule table; the generic ones are added by the use case. */
  readonly rules: readonly Rule[]
  /**
   * Checks the extra facts a person gave for a device and fills in defaults.
   * @throws FailureError `bad-input` naming the fact
   */
  readonly checkFacts: (facts: DeviceFacts) => DeviceFacts
  /**
   * What a person stated of a device, or of an archive's source, as facts of an identity with provenance `stated`.
   * Names are those of `stated-facts.ts`; others are ignored. What was probed or read from an archive wins over it.
   */
  readonly stated: (facts: DeviceFacts, at: string) => Partial<Identity>
  /**
   * Checks the pin, then logs in.
   * @throws FailureError `pin-unknown`, `pin-changed`, `login-refused`, `device-unreachable`, `device-silent`, …
   */
  readonly connect: (request: ConnectRequest) => Promise<DeviceSession>
  /**
   * True where the family's files tell nothing of their kind: they are taken only where a person names the family or
   * the device, never by a guess.
   */
  readonly opaque?: true
  /** When the device made a file of this name (ISO 8601, UTC), where its names tell that. */
  readonly madeAt?: (fileName: string) => string | undefined
  /** The family's part of a restore plan. Pure: looks only at what it is given. */
  readonly planRestore: (input: PlanInput) => FamilyPlan
  readonly restore: AutomaticRestore | GuidedRestore
  /**
   * How a pair that is blocked can be made to fit; `undefined` where the family knows no way. Pure.
   */
  readonly bridge?: (input: BridgeInput) => BridgePlan | undefined
  /** There where a job can carry out the `appChanges` of a bridge. */
  readonly apps?: AppWork
}

/** Ferrite restores by itself: one changing call, prepared by `DeviceSession.prepareRestore`. */
export interface AutomaticRestore {
  readonly kind: 'automatic'
  /**
   * Finds out what became of a restore after the one changing call: follows the device's task through reboots and
   * lost sessions, reads the device back and compares. Never sends a changing call again (bringing the
   * device back to its former operating state is the one exception, and is reported as a remark).
   * Gives `unknown` rather than guessing; rejects only when aborted.
   */
  readonly observe: (request: ObserveRequest) => Promise<Observation>
}

/**
 * A restore that a person and Ferrite do together; its steps are `FamilyPlan.procedure`.
 * `wayBack`: `backup` where a safety backup of the target can be pulled, else the id of the confirmed step in which a
 * person notes what would bring the target back (a snapshot of the machine).
 */
export interface GuidedRestore {
  readonly kind: 'guided'
  readonly wayBack: 'backup' | { readonly step: string }
  /**
   * Does an automatic step and gives what shows that it was done. For a step that `changes`, the use case has read the
   * identity again on `session`, has written the intent down, and calls this once, ever; what is thrown then makes the
   * step unclear, so `not-sent` is for the case that the changing call certainly did not leave.
   * @throws FailureError where it was not done
   */
  readonly runStep: (request: StepRequest) => Promise<StepResult>
  /**
   * What the steps so far may have left lying on the device, as remarks for the report of a procedure that a person
   * ends early. Pure; absent where nothing is ever left.
   */
  readonly leftBehind?: (steps: readonly ProcedureStep[]) => RestoreReport['remarks']
}

export interface StepRequest {
  readonly step: StepDraft
  readonly plan: RestorePlan
  readonly device: Device
  /** The device the archive came from, where it is in the inventory. */
  readonly source: Device | undefined
  readonly record: ArchiveRecord
  /** The stored file, already re-hashed; read only. */
  readonly archiveFile: string
  /** Evidence, notes and times (ISO 8601) of the steps before this one, by step id. */
  readonly before: ReadonlyMap<
    string,
    { readonly evidence: readonly Evidence[]; readonly note?: string; readonly at?: string }
  >
  /** Connects to the target on first use, or gives the connection on which the identity was read again. */
  readonly session: () => Promise<DeviceSession>
  /**
   * Looks at what answers at an address of this family's protocol now, without credentials.
   * @throws FailureError `device-unreachable`, `device-silent`, …, `bad-input` for what is no address
   */
  readonly lookAt: (address: string, signal: AbortSignal) => Promise<{ readonly fingerprint: string }>
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

/** `outcome` and `protocol` only for the step that changed the device: what it proved and what the device said. */
export type StepResult =
  | {
      readonly kind: 'done'
      readonly evidence: readonly Evidence[]
      readonly protocol?: readonly ProtocolLine[]
      readonly outcome?: RestoreOutcome
    }
  | { readonly kind: 'not-sent'; readonly failure: Failure }

export interface BridgeInput {
  readonly device: Device
  readonly record: ArchiveRecord
  readonly archive: ArchiveFacts
  readonly target: Identity | undefined
}

/** Brings system apps of a device to other versions, from files that a person has. */
export interface AppWork {
  /** The apps that a file holds, by what its entries are called; none where it is no app file. */
  readonly readFile: (archive: ArchiveAccess) => Promise<readonly AppInFile[]>
  /**
   * Brings one app to another version and proves that it runs. What runs already is not sent; a file is sent once.
   * @throws FailureError where the version that was asked for is not seen to run
   */
  readonly change: (request: ChangeAppRequest) => Promise<AppChanged>
  /** Brings the device back to the operating state it had, or says that it is in another one. */
  readonly end: (request: AppWorkRequest) => Promise<RestoreReport['remarks']>
}

/** What work on apps needs of a device that restarts meanwhile. */
export interface AppWorkRequest {
  /** The device as it was read before the first change. */
  readonly before: Identity
  /** Logs in, with the accepted fingerprint; throws like `Family.connect`. */
  readonly reconnect: (signal: AbortSignal) => Promise<DeviceSession>
  /** How long to wait for the device in total, in milliseconds. */
  readonly limitMs: number
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

export interface ChangeAppRequest extends AppWorkRequest {
  readonly change: AppChange
  /** Where the app's file is on this computer, and its length. */
  readonly file: string
  readonly sizeBytes: number
}

/** `sent` is false where the version ran already. */
export interface AppChanged {
  readonly running: string
  readonly sent: boolean
}

/** A logged-in connection. Disposing it logs out and closes it, and never throws. */
export interface DeviceSession extends AsyncDisposable {
  /** The fingerprint this connection was checked against. */
  readonly fingerprint: string
  /** Reads the identity now. Remembers the connection it was read on: `commit` refuses any other one. */
  readonly identify: (signal: AbortSignal) => Promise<Identity>
  /**
   * What a backup would hold now and what not. Of files that the device made by itself, those in `held` are not chosen.
   */
  readonly scope: (signal: AbortSignal, held?: HeldFiles) => Promise<Scope>
  /** Has the device make its file and opens the stream of its bytes. */
  readonly backUp: (request: BackupRequest) => Promise<BackupStream>
  /**
   * R5: refuses by reading alone what can be known to fail, before a safety backup makes the device work.
   * Absent where a family knows nothing beforehand. `prepareRestore` judges all of it again.
   * @throws FailureError as `prepareRestore`
   */
  readonly checkRestore?: (request: RestoreRequest) => Promise<void>
  /**
   * R9: everything that can be done before the changing call and undone again (upload to a staging place, remote hash).
   * Absent where the family restores by procedure.
   */
  readonly prepareRestore?: (request: RestoreRequest) => Promise<PreparedRestore>
  /**
   * What a restore with these options would take away from this device, asked of the device itself. Absent where the
   * family cannot ask; `undefined` where this device does not say.
   */
  readonly findRemovals?: (request: RemovalsRequest) => Promise<readonly Removal[] | undefined>
  /**
   * The device's settings as they are now, as the JSON document that `ArchiveReader.settings` finds in an archive. Only
   * reads. Absent where the family has no such document; `undefined` where this device does not tell it.
   */
  readonly readSettings?: (signal: AbortSignal) => Promise<Readonly<Record<string, unknown>> | undefined>
}

export interface RemovalsRequest {
  readonly archive: ArchiveAccess
  readonly options: RestoreOptions
  readonly signal: AbortSignal
}

/** The files of a device that the vault holds already, for families that fetch what a device made by itself. */
export type HeldFiles = readonly { readonly fileName: string; readonly sizeBytes: number }[]

export interface BackupRequest {
  /** Ids of scope parts; all that are chosen by default when absent. */
  readonly parts?: readonly string[]
  /** Protects the secrets inside, where the family can. */
  readonly password?: string
  readonly held?: HeldFiles
  /** Files that were tried in this job and are not whole: not fetched, though the vault does not hold them. */
  readonly passedOver?: HeldFiles
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

/** The bytes of a backup as the device gives them. */
export interface BackupStream {
  /** The device's own name for the file: untrusted, made safe by the vault. */
  readonly fileName: string
  readonly announcedBytes: number | undefined
  /** When the device made the file (ISO 8601, UTC), where that was not now. */
  readonly madeAt?: string
  /** How many more files wait to be fetched after this one; 0 where it is left out. */
  readonly waiting?: number
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
  readonly identityChoices?: readonly IdentityChoice[]
  /** The steps where the family restores by procedure. */
  readonly procedure?: readonly StepDraft[]
}

export interface RestoreRequest {
  readonly device: Device
  readonly record: ArchiveRecord
  /** The stored file, already re-hashed; read only. */
  readonly archiveFile: string
  readonly archive: ArchiveAccess
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
  readonly safety: ArchiveAccess | undefined
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
