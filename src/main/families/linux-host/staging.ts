import { createReadStream } from 'node:fs'
import { FailureError } from '../../../shared/failure.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import type { RestoreRequest } from '../family.ts'
import { placeOf, type HostFacts } from './facts.ts'
import { drain, type Shell } from './shell.ts'

const uploadPieceBytes = 256 * 1024
const goodbyeMs = 20_000

/** Where a restore keeps its upload on the host, and what it is called there. */
export interface Staging {
  readonly folder: string
  readonly file: string
  /** What `tar` writes while it unpacks: it survives a lost connection. */
  readonly messages: string
  /** Matches the running `tar` and nothing that asks for it. */
  readonly processPattern: string
}

/**
 * The staging place of an archive: always the same one, so that it can be found again and cleared away, whatever
 * happened before. Nobody can lay a trap there: it is made anew for this login alone, or the restore does not begin.
 */
export function stagingOf({ stagingFolder }: HostFacts, { sha256 }: ArchiveRecord): Staging {
  const name = `ferrite-restore-${sha256.slice(0, 16)}`
  const folder = placeOf(stagingFolder, name)
  return {
    folder,
    file: `${folder}/archive`,
    messages: `${folder}/messages`,
    processPattern: `[f]${name.slice(1)}/archive`,
  }
}

/** Makes the empty staging folder; what an earlier, broken-off restore left there goes. */
export async function makeStaging(shell: Shell, { folder }: Staging, signal: AbortSignal): Promise<void> {
  const make = ['mkdir', '-m', '700', '--', folder]
  if ((await shell.run(make, { signal })).exitCode === 0) return
  await shell.run(['rm', '-rf', '--', folder], { signal, ...shell.longWork })
  await shell.must(make, { signal })
}

/**
 * Removes the staging folder, on the person's way out as well: cancelling does not stop this. Gives `false` where it is
 * still there or the host does not answer.
 */
export async function removeStaging(shell: Shell, { folder }: Staging): Promise<boolean> {
  if (!shell.ssh.alive) return false
  try {
    const { exitCode } = await shell.run(['rm', '-rf', '--', folder], {
      signal: AbortSignal.timeout(goodbyeMs),
    })
    return exitCode === 0
  } catch {
    // The host has gone: what it keeps is told or removed by the next restore, and nothing else can be done here.
    return false
  }
}

/**
 * Copies the archive to the host and has the host prove that the copy is the archive and that its `tar` can read it.
 * @throws FailureError `device-no-room`, `upload-damaged`, `device-command-failed`, of the line
 */
export async function upload(shell: Shell, staging: Staging, request: RestoreRequest): Promise<void> {
  const { record, signal } = request
  const { exitCode, stderr } = await shell.fill(staging.file, {
    signal,
    stdin: pieces(request),
    totalMs: shell.timing.uploadMs,
  })
  if (exitCode !== 0) {
    if (!/No space left|quota exceeded/i.test(stderr)) throw shell.failure('cat', exitCode, stderr)
    const neededBytes = record.sizeBytes
    throw new FailureError({ code: 'device-no-room', address: shell.address, neededBytes, freeBytes: 0 })
  }
  await checkCopy(shell, staging, request)
}

async function checkCopy(shell: Shell, staging: Staging, { record, signal }: RestoreRequest): Promise<void> {
  const { stdout } = await shell.must(['sha256sum', '--', staging.file], { signal, ...shell.longWork })
  const [actual = 'none'] = /^[0-9a-f]{64}/.exec(stdout.toString().replace(/^\\/, '')) ?? []
  if (actual !== record.sha256) {
    throw new FailureError({
      code: 'upload-damaged',
      address: shell.address,
      expectedSha256: record.sha256,
      actualSha256: actual,
    })
  }
  const action = record.container === 'tar' ? '-tf' : '-tzf'
  const listing = await shell.stream(['tar', action, staging.file], { signal, ...shell.longWork })
  const bytes = await drain(listing.stdout)
  const end = await listing.finished
  if (end.exitCode !== 0 || bytes === 0) throw shell.failure('tar', end.exitCode, end.stderr)
}

async function* pieces({ archiveFile, record, onProgress }: RestoreRequest): AsyncGenerator<Uint8Array> {
  let bytesDone = 0
  const bytesTotal = record.sizeBytes
  onProgress({ phase: 'uploading', bytesDone, bytesTotal })
  const file = createReadStream(archiveFile, { highWaterMark: uploadPieceBytes })
  for await (const piece of file) {
    // A stream without an encoding gives buffers.
    const bytes = piece as Buffer
    yield bytes
    bytesDone += bytes.length
    onProgress({ phase: 'uploading', bytesDone, bytesTotal })
  }
}
