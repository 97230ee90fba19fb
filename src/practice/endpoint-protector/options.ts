/** A step of the appliance's own work that takes time and can be held by whoever paces it. */
export type ApplianceStep =
  /** A backup is being made; its status is not yet 'Ready to download'. */
  | 'making-backup'
  /** An import shows 'Generating'. */
  | 'import-generating'
  /** An import has left 'Generating', and the console still answers. */
  | 'import-queued'
  /** The content is being replaced, and the console answers nobody. */
  | 'restoring'

/** What a practice appliance is started with. Version and content count only while its folder is empty. */
export interface EndpointProtectorOptions {
  /** Where the appliance keeps everything. A folder that was used before brings the same appliance back. */
  readonly folder: string
  readonly name: string
  /** As Server Information writes it: `5.9.4.2`, `2604.0.1.0`. */
  readonly version: string
  /** The console's first user. */
  readonly credentials: { readonly user: string; readonly password: string }
  /** An image just deployed has users and no content; a working one, the default, has both. */
  readonly content?: 'working' | 'empty'
  /** The address set at the VM's console; one set later with `moveTo` outlives a restart. */
  readonly host?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** Milliseconds since 1970 as the appliance believes them. */
  readonly clock?: () => number
  /** How long each step of a backup or an import takes; 30 ms unless told otherwise. */
  readonly stepMs?: number
  /** In place of `stepMs`: settles when the step may end. */
  readonly pace?: (step: ApplianceStep) => Promise<void>
  /** Bytes of incompressible data in a System Backup v2. */
  readonly payloadBytes?: number
  /** The largest file that an import takes; 200 MiB unless told otherwise. */
  readonly importLimitBytes?: number
  /** What a System Backup v2 file's name ends with; the vendor states no ending. */
  readonly backupExtension?: string
  /** Whether an import brings the old server's certificate along: the vendor does not say. */
  readonly certificateAfterRestore?: 'own' | 'restored'
  /** What the list says after 'Generating'; by the version, as the vendor's guides differ, unless told otherwise. */
  readonly importedStatus?: 'Ready to download' | 'Your back import file has been queued'
}
