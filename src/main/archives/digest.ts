import { createHash } from 'node:crypto'
import type { OpenArchive } from './archive.ts'

/** What tells one version of a file from another. */
export interface FileDigest {
  readonly sizeBytes: number
  readonly modifiedAt?: string | undefined
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string
}

/**
 * Reads one file for its hash; nothing where the archive has no such file.
 * @throws FailureError as `OpenArchive.read`
 */
export async function digestOf(
  archive: OpenArchive,
  path: string,
  { signal, onBytes }: { readonly signal: AbortSignal; readonly onBytes?: (bytesDone: number) => void },
): Promise<FileDigest | undefined> {
  const entry = archive.find(path)
  if (entry?.kind !== 'file') return undefined
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of archive.read(path, { signal })) {
    hash.update(piece)
    bytes += piece.length
    onBytes?.(bytes)
  }
  const { sizeBytes, modifiedAt } = entry
  return { sizeBytes, ...(modifiedAt && { modifiedAt }), sha256: hash.digest('hex') }
}
