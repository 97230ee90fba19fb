/** Caps of the readers. Every one is checked before memory is taken or time is spent, never after. */
export interface ArchiveLimits {
  /** Entries of one archive. */
  readonly entries: number
  /** Bytes of a zip's central directory, which is held in memory while the archive is open. */
  readonly directoryBytes: number
  /** Bytes of one name or link target. */
  readonly nameBytes: number
  /** Bytes that one compressed tar may unpack to. */
  readonly unpackedBytes: number
  /** Bytes of a JSON document, which is held in memory while it is checked. */
  readonly documentBytes: number
}

const MiB = 1024 * 1024

export const defaultLimits: ArchiveLimits = {
  entries: 2_000_000,
  directoryBytes: 512 * MiB,
  nameBytes: 65_535,
  unpackedBytes: 64 * 1024 * MiB,
  documentBytes: 64 * MiB,
}

/** Deflate cannot do better: 258 bytes from two bits. A declared ratio above it is a lie. */
export const maxDeflateRatio = 1032

/** Deeper names are listed but never taken out, and the tree ends here. */
export const maxLevels = 64

/** Fits every file system Ferrite writes to; longer parts are listed but never taken out. */
export const maxPartBytes = 255

/** Longer paths are listed but never taken out. */
export const maxPathLength = 4096
