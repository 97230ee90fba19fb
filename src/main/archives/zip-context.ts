import { FailureError } from '../../shared/failure.ts'
import type { ByteSource } from './byte-source.ts'
import { clipName } from './names.ts'
import type { ZipDirectory } from './zip-directory.ts'
import { local } from './zip-layout.ts'

/** An opened zip, as the readers of its contents need it. */
export interface ZipContext {
  readonly archive: string
  readonly source: ByteSource
  readonly directory: ZipDirectory
  readonly password: string | undefined
}

/** The name of a row for a message. */
export function nameOf(context: ZipContext, row: number): string {
  return clipName(context.directory.path(row))
}

/** Where the compressed bytes of a row lie in the file. */
export async function packedRange(
  context: ZipContext,
  row: number,
): Promise<{ readonly start: number; readonly end: number }> {
  const { source, directory } = context
  const offset = directory.offset(row)
  const start = offset + localHeaderBytes(context, row, await source.read(offset, local.bytes))
  return { start, end: start + directory.compressedBytes(row) }
}

/**
 * The length of the local header at `at` of what was read. It was checked when the archive was opened and is looked at
 * again, as files can be changed by others.
 */
export function localHeaderBytes(context: ZipContext, row: number, bytes: Buffer, at = 0): number {
  const { archive, source, directory } = context
  const nameBytes = bytes.readUInt16LE(at + local.nameBytes)
  const headerBytes = local.bytes + nameBytes + bytes.readUInt16LE(at + local.extraBytes)
  const isSame = bytes.readUInt32LE(at) === local.signature && nameBytes === directory.nameBytes(row)
  if (isSame && directory.offset(row) + headerBytes + directory.compressedBytes(row) <= source.size) {
    return headerBytes
  }
  throw new FailureError({ code: 'file-unreadable', file: archive, reason: 'it changed while it was read' })
}
