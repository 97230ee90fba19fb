import type { SshUser } from '../ssh/login.ts'

/** The installers that have files to practise on; the Kubernetes edition has none. */
export type EditionId = 'windows' | 'ubuntu'

/**
 * `absent`: no chip. `present`: there is one that DeviceOn does not use. `used`: at installation a person chose that
 * DeviceOn encrypts with it.
 */
export type TpmUse = 'absent' | 'present' | 'used'

/** `two-factor` refuses every login by name and password alone; `down` cuts every connection. */
export type PortalCondition = 'up' | 'two-factor' | 'down'

/** A login of the portal and its REST interface. */
export interface PortalLogin {
  readonly account: string
  readonly password: string
}

/**
 * What a practice server is started with. Edition, version, TPM, portal login and content count only while its
 * folder is empty.
 */
export interface DeviceOnServerOptions {
  /** Where the server keeps everything. A folder that was used before brings the same server back. */
  readonly folder: string
  readonly name: string
  readonly edition: EditionId
  /** Three numbers as the vendor writes them; 5.3.12 unless told otherwise. */
  readonly version?: string
  /** `absent` unless told otherwise. */
  readonly tpm?: TpmUse
  /** The login over SSH. */
  readonly credentials: Pick<SshUser, 'user' | 'password'>
  /** Public keys that let that user in without the password. */
  readonly authorizedKeys?: readonly string[]
  /** Made at installation; `root@advantech.com.tw` with the password of `credentials` unless told otherwise. */
  readonly portalLogin?: PortalLogin
  readonly host?: string
  /** Port of SSH. 0, the default, lets the system choose. */
  readonly port?: number
  /** Port of the portal, always on 127.0.0.1; unless told otherwise that of the last start, or any that is free. */
  readonly portalPort?: number
  /** Milliseconds since 1970 as the server believes them. */
  readonly clock?: () => number
  /** How many devices the server looks after; 24 unless told otherwise. */
  readonly deviceCount?: number
  /** How many scheduled backups lie in the storage folder, one a day up to now; 3 unless told otherwise. */
  readonly archiveCount?: number
  /** Bytes of incompressible data in every backup. */
  readonly payloadBytes?: number
  /** Size of each drive; 64 GiB unless told otherwise. */
  readonly diskBytes?: number
  /** How long one step of the recovery tool takes; 20 unless told otherwise. */
  readonly stepMs?: number
  /** What the recovery tool does on a server that holds data; it refuses unless told otherwise. */
  readonly withoutBaseline?: 'refuse' | 'fail-midway'
  /** Whether the recovery tool waits for a key before it ends, as batch files do that are double-clicked. */
  readonly pausesAtEnd?: boolean
  /** What runs the commands of Windows; the command prompt, as OpenSSH installs it, unless told otherwise. */
  readonly shell?: 'cmd' | 'powershell'
}
