import type { PracticeUser } from './factory.ts'
import type { ModelId } from './models.ts'
import type { ProfileId } from './profiles.ts'
import type { SessionPolicy } from './sessions.ts'

/** What a practice device is started with. Only the first four matter once its folder is filled. */
export interface CtrlxCoreOptions {
  /** Where the device keeps everything. A folder that was used before brings the same device back. */
  readonly folder: string
  readonly profile: ProfileId
  readonly model: ModelId
  readonly name: string
  /** The user with full access. */
  readonly credentials: { readonly user: string; readonly password: string }
  /** Users beside that one. */
  readonly users?: readonly PracticeUser[]
  /** Fresh from the box: only the default user exists, and it has to be replaced. */
  readonly isFresh?: boolean
  readonly host?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** Milliseconds since 1970 as the device believes them. */
  readonly clock?: () => number
  /** How long one step of a task takes; 30 ms unless told otherwise. */
  readonly stepMs?: number
  /** Bytes of incompressible data in the active configuration. */
  readonly payloadBytes?: number
  /** Free space that the device reports and respects. */
  readonly freeBytes?: number
  readonly sessionPolicy?: Partial<SessionPolicy>
  /** How often the device reboots while it applies a setup. */
  readonly rebootsDuringApply?: number
  /** Whether a task that outlived a reboot can still be asked for. */
  readonly taskAfterReboot?: 'kept' | 'gone'
  /** How a wrong password shows: the vendor does not say. */
  readonly wrongPassword?: 'task-fails' | 'refused'
  /** What a request for a part of a file gets: the vendor does not say. */
  readonly ranges?: 'ignored' | 'honoured' | 'wrong-start'
  /** How long nothing listens and how long 502 is answered in a reboot. */
  readonly rebootWindows?: { readonly refusedMs: number; readonly gatewayMs: number }
  /** Called with the whole of every exchange; costs memory for both bodies. */
  readonly onExchange?: (exchange: RecordedExchange) => void
  /** Called when a request's head has arrived, before anything is done with it. */
  readonly beforeRequest?: (request: {
    readonly method: string
    readonly path: string
  }) => void | Promise<void>
}

/** One exchange with both bodies, for a referee that compares it with the vendor's description. */
export interface RecordedExchange {
  readonly profile: ProfileId
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: Buffer
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: Buffer
  /** The injected fault, if this exchange was not meant to follow the description. */
  readonly fault: string | undefined
}
