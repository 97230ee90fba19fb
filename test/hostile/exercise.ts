import { FailureError } from '../../src/shared/failure.ts'
import { openArchive, type OpenArchive } from '../../src/main/archives/open.ts'
import { folderPage } from '../../src/main/archives/tree.ts'
import { verdictOf } from '../../src/main/archives/verdict.ts'

const { signal } = new AbortController()
const escaping = /^\/|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/

/** A promise of the reader that does not hold; it is never caught on the way. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

/**
 * Does with hostile bytes what the app does: opens them, judges them, lists them and reads every content. Answers the
 * verdict or the code of the refusal; everything else is thrown.
 */
export async function exercise(bytes: Buffer): Promise<string> {
  try {
    await using archive = await openArchive(bytes, { name: 'x', signal })
    const { verdict } = verdictOf(archive.rows)
    await list(archive)
    await readAll(archive)
    return verdict
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    const { code } = error.failure
    if (!code.startsWith('archive-')) throw new BrokenPromise(`the code ${code} says nothing of an archive`)
    return code
  }
}

async function list(archive: OpenArchive): Promise<void> {
  const page = { from: 0, count: 100, signal }
  await folderPage(archive, '', page)
  for (const { path, kind } of archive.entries()) {
    if (escaping.test(path)) throw new BrokenPromise(`${JSON.stringify(path)} could escape`)
    if (archive.findRow(path) === undefined) throw new BrokenPromise(`${JSON.stringify(path)} is not found`)
    if (kind === 'folder') await folderPage(archive, path, page)
  }
}

async function readAll(archive: OpenArchive): Promise<void> {
  let unpacked = 0
  for await (const { entry, content } of archive.readAll({ signal })) {
    let received = 0
    for await (const piece of content) received += piece.length
    if (entry.kind === 'file' && received !== entry.sizeBytes)
      throw new BrokenPromise(`${received} bytes came of ${entry.sizeBytes}`)
    unpacked += received
  }
  if (unpacked > archive.unpackedBytes) throw new BrokenPromise(`${unpacked} bytes in all`)
}
