import type { Device } from '../device.ts'
import type { SetupSource } from './setup-source.ts'
import type { TaskProgress } from './setup-tasks.ts'

/** What an apply task was started with. */
export interface ApplyRequest {
  /** The uploaded file on the device's disk. */
  readonly file: string
  /** What the client called it. */
  readonly fileName: string
  readonly password: string
  readonly mode: 'merge' | 'restore'
  readonly user: string
  /** True for an upload, which the device removes when it is done with it; false for a file on a medium. */
  readonly isOwnCopy: boolean
  /** The legacy function takes only what comes from the same architecture and the same operating system. */
  readonly wantsSameSystem: boolean
}

/** What the steps of an apply task work with. */
export interface Applying {
  readonly device: Device
  readonly task: TaskProgress
  readonly source: SetupSource
  readonly request: ApplyRequest
}
