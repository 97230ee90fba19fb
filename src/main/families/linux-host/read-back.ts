import type { ArchiveAccess } from '../../archives/archive-access.ts'
import { readTarStream } from '../../archives/tar-reader.ts'
import type { ReportProgress } from '../family.ts'
import { readState, type State } from './compare.ts'
import { isWithin } from './facts.ts'
import type { LinuxSession } from './session.ts'
import { createCommand } from './tar.ts'

/**
 * Has the host send its files once more, unpacked on the way and never stored, and notes what counts of each. The exit
 * code of `tar` is no verdict here: what it could not read is missing and shows as a difference.
 * @throws FailureError of the line, `archive-…` where the stream is not whole
 */
export async function readBack(
  session: LinuxSession,
  parts: readonly string[],
  { signal, onProgress, bytesTotal }: { signal: AbortSignal; onProgress: ReportProgress; bytesTotal: number },
): Promise<State> {
  const { shell, facts } = session
  const command = createCommand(await session.tar(signal), facts.root, parts, 'plain')
  const stream = await shell.stream(command, { signal, idleMs: shell.timing.packIdleMs })
  let bytesDone = 0
  try {
    return await readState(readTarStream(stream.stdout, { name: shell.address, signal }), (bytes) => {
      bytesDone += bytes
      onProgress({ phase: 'verifying', bytesDone, bytesTotal: Math.max(bytesDone, bytesTotal) })
    })
  } finally {
    stream.close()
  }
}

/** What counts of the entries of an archive that lie in the parts. The whole archive is read, checksums included. */
export async function stateOf(
  archive: ArchiveAccess,
  parts: readonly string[],
  signal: AbortSignal,
): Promise<State> {
  const state = await readState(archive.readAll({ signal }))
  return new Map([...state].filter(([path]) => parts.some((part) => isWithin(path, part))))
}
