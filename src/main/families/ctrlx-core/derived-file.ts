import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FailureError } from '../../../shared/failure.ts'
import type { RestoreOptions } from '../../../shared/model/restore.ts'
import type { ArchiveAccess } from '../../archives/archive-access.ts'
import { writeSegments } from '../../archives/write-segments.ts'
import { readSetupText } from './archive.ts'
import { cutKept } from './kept-elements.ts'

/** A copy of an archive without what is kept on the target; it lies in a folder for this login alone. */
export interface DerivedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Removes it. Called again it does nothing. */
  readonly remove: () => Promise<void>
}

/**
 * Makes the file that a restore sends where something is kept: the setup file inside lacks those elements, everything
 * else is as in the archive, which itself is never touched.
 * @throws FailureError `archive-structure` where it cannot be rewritten, and as `readSetupFile`
 */
export async function deriveFile(
  archiveFile: string,
  archive: ArchiveAccess,
  keep: RestoreOptions['keep'],
  signal: AbortSignal,
): Promise<DerivedFile> {
  const { name, text } = await readSetupText(archive, signal)
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-derived-'))
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const path = join(folder, 'setup.zip')
    const content = Buffer.from(cutKept(text, keep))
    const segments = archive.replaced?.(name, content, signal)
    if (segments === undefined) {
      const detail = `a ${archive.container} is not rewritten`
      throw new FailureError({ code: 'archive-structure', archive: archive.name, detail })
    }
    const made = await writeSegments(archiveFile, path, segments, signal)
    return { path, ...made, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
