/** Offsets in a header of the central directory, APPNOTE 4.3.12. */
export const central = {
  signature: 0x02014b50,
  madeBySystem: 5,
  versionNeeded: 6,
  flags: 8,
  method: 10,
  time: 12,
  date: 14,
  crc32: 16,
  compressedBytes: 20,
  sizeBytes: 24,
  nameBytes: 28,
  extraBytes: 30,
  commentBytes: 32,
  disk: 34,
  attributes: 38,
  offset: 42,
  bytes: 46,
} as const

/** Bits of the general purpose flag. */
export const zipFlag = {
  encrypted: 1,
  /** Two bits that tell how much effort deflate took. */
  effort: 6,
  descriptor: 8,
  patched: 0x20,
  strong: 0x40,
  utf8: 0x800,
  masked: 0x2000,
} as const

/** Offsets in a local header, APPNOTE 4.3.7. */
export const local = {
  signature: 0x04034b50,
  flags: 6,
  method: 8,
  crc32: 14,
  compressedBytes: 18,
  sizeBytes: 22,
  nameBytes: 26,
  extraBytes: 28,
  bytes: 30,
} as const

/** Numbers of compression methods, APPNOTE 4.4.5. */
export const zipMethod = { stored: 0, deflate: 8, aes: 99 } as const

/**
 * Versions of APPNOTE that readers know, ten times the number: 4.6 is the last that unzip reads. What is encrypted may
 * need more, as no reader mistakes that for content.
 */
export const maxVersionNeeded = { plain: 46, encrypted: 63 } as const

/** What deflate makes of nothing: in one block with fixed codes, or in one that is stored. */
export const emptyDeflates = [Buffer.from([3, 0]), Buffer.from([1, 0, 0, 0xff, 0xff])]
