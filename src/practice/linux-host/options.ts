import type { SshUser } from '../ssh/login.ts'
import type { HostModelId } from './models.ts'

/** A login of the practised host. Only the user with uid 0 may read and write everything. */
export interface HostUser extends SshUser {
  readonly uid: number
  readonly gid: number
}

/** What a practice host is started with. The model and the content count only while its folder is empty. */
export interface LinuxHostOptions {
  /** Where the host keeps everything. A folder that was used before brings the same host back. */
  readonly folder: string
  readonly model: HostModelId
  readonly name: string
  /** The superuser's login. */
  readonly credentials: { readonly user: string; readonly password: string }
  /** Users beside that one. */
  readonly users?: readonly HostUser[]
  /** Public keys that let the superuser in. */
  readonly authorizedKeys?: readonly string[]
  readonly host?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** Milliseconds since 1970 as the host believes them. */
  readonly clock?: () => number
  /** Bytes of incompressible data in the application's state. */
  readonly payloadBytes?: number
  /** Size of the disk; the model's unless told otherwise. */
  readonly diskBytes?: number
  /** Which `tar` is installed; the model's unless told otherwise. */
  readonly tar?: 'gnu' | 'busybox' | 'none'
  /** Called when a command has arrived, before anything is done with it. */
  readonly beforeCommand?: (command: string) => void | Promise<void>
}
