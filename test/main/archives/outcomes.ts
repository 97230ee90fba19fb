import { FailureError, type Failure } from '../../../src/shared/failure.ts'
import type { TakeOutSource } from '../../../src/main/archives/extract.ts'
import { openArchive, type OpenArchive, type OpenOptions } from '../../../src/main/archives/open.ts'
import { readSelection, surveySelection } from '../../../src/main/archives/selection.ts'
import { folderPage } from '../../../src/main/archives/tree.ts'
import type { TreeRow } from '../../../src/shared/model/entry.ts'

/** The failure with which work ends; fails the test where it succeeds or dies of something else. */
export async function failureOf(work: () => Promise<unknown>): Promise<Failure> {
  try {
    await work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('It was expected to fail.')
}

/** The code with which an archive is refused when it is opened. */
export async function refusal(bytes: Buffer, options?: OpenOptions): Promise<string> {
  const failure = await failureOf(async () => {
    await using archive = await openArchive(bytes, { name: 'hostile', ...options })
    return archive.count
  })
  return failure.code
}

/** The code with which the content of one entry is refused. */
export async function contentRefusal(bytes: Buffer, path: string, options?: OpenOptions): Promise<string> {
  await using archive = await openArchive(bytes, { name: 'hostile', ...options })
  const failure = await failureOf(async () => readWhole(archive, path))
  return failure.code
}

export async function readWhole(archive: OpenArchive, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of archive.read(path, { signal: new AbortController().signal })) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The restriction of each path, in the order of the archive. */
export async function restrictions(
  bytes: Buffer,
  options?: OpenOptions,
): Promise<readonly (readonly [path: string, restriction: string | undefined])[]> {
  await using archive = await openArchive(bytes, { name: 'hostile', ...options })
  return Array.from(archive.entries(), ({ path, restriction }) => [path, restriction] as const)
}

/** Every path with its content. Links and folders have none. */
export async function contents(archive: OpenArchive): Promise<ReadonlyMap<string, Buffer>> {
  const all = new Map<string, Buffer>()
  for await (const { entry, content } of archive.readAll({ signal: new AbortController().signal })) {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    all.set(entry.path, Buffer.concat(pieces))
  }
  return all
}

/** Bytes in pieces of one size, as a network might bring them. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The code of a thrown failure; nothing for errors of any other kind. */
export function codeOf(error: unknown): string {
  return error instanceof FailureError ? error.failure.code : ''
}

/** One level of the tree, as far as it is shown on one page. */
export async function listFolder(archive: OpenArchive, path: string): Promise<readonly TreeRow[]> {
  const { signal } = new AbortController()
  return (await folderPage(archive, path, { from: 0, count: 10_000, signal })).rows
}

/** An archive of this process, to take entries out of. */
export function takeOutOf(archive: OpenArchive): TakeOutSource {
  return {
    survey: async (selection, signal) => await surveySelection(archive, selection, signal),
    readAll: ({ signal, selection }) => readSelection(archive, selection, signal),
  }
}
