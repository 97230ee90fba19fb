import type { Identity } from '../../shared/model/identity.ts'
import type { NoiseFilter } from '../archives/noise.ts'
import type { OpenArchive } from '../archives/open.ts'
import type { OpenLens } from './lens-table.ts'

/**
 * What a family knows of the inside of its archives. It runs in the parser process, where archives are open: nothing
 * here may reach for a device, the vault or the disk.
 */
export interface ArchiveReader {
  /** True where the opened archive looks like one this family makes. */
  readonly recognises: (archive: OpenArchive) => boolean
  /**
   * What the archive says of its own source, with provenance `archive`; facts it does not hold are taken from `recorded`.
   * @throws FailureError `archive-foreign` where this is not an archive of the family
   */
  readonly readArchive: (archive: OpenArchive, recorded: Identity, signal: AbortSignal) => Promise<Identity>
  /**
   * What the archive says, as tables with their secrets in clear. Odd values are missing cells, and one archive gives
   * the same every time. Absent where the family has no readable inside.
   * @throws FailureError `archive-…` where what has to be read cannot be
   */
  readonly lenses?: (archive: OpenArchive, signal: AbortSignal) => Promise<readonly OpenLens[]>
  /** Differences between two archives of the family that say nothing of the device; absent where none are known. */
  readonly noise?: readonly NoiseFilter[]
  /** Absent where archives hold no document that the device tells of itself. */
  readonly settings?: SettingsReader
}

/** The document with settings that archives of a family hold, in the shape in which `DeviceSession.readSettings` gives it. */
export interface SettingsReader {
  /** `undefined` where this archive holds none. @throws FailureError `archive-…` */
  readonly read: (
    archive: OpenArchive,
    signal: AbortSignal,
  ) => Promise<{ readonly name: string; readonly text: string } | undefined>
  /** What is noise between an archive and a device only, such as what is told to no one. */
  readonly noise: readonly NoiseFilter[]
}

/** Finds the reader of a family. */
export type ArchiveReaderOf = (id: Identity['family']) => ArchiveReader
