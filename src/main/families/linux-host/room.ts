import { FailureError } from '../../../shared/failure.ts'
import { isWithin, placeOf, type HostFacts } from './facts.ts'
import { parseFreeBytes } from './identity.ts'
import type { RestoreRequest } from '../family.ts'
import type { Shell } from './shell.ts'

const mostNames = 256 * 1024 * 1024
/** Files take whole blocks of a file system. */
const blockBytes = 4096
/** What a running system may write meanwhile. */
const marginBytes = 16 * 1024 * 1024

/**
 * Refuses a restore that would fill the disk half-way. First the simple sum: the copy and everything unpacked. Where
 * that does not fit, the files that are replaced are measured, because a device is most often given back its own state.
 * A place whose room cannot be read is not judged.
 * @throws FailureError `device-no-room`
 */
export async function checkRoom(
  shell: Shell,
  { facts, parts }: { readonly facts: HostFacts; readonly parts: readonly string[] },
  { archive, record, signal }: RestoreRequest,
): Promise<void> {
  const staging = await readRoom(shell, facts.stagingFolder, signal)
  const target = await readRoom(shell, facts.root, signal)
  const copyBytes = record.sizeBytes + marginBytes
  refuseWhereLess(shell, staging?.freeBytes, copyBytes)
  const sizes = new Map<string, number>()
  for await (const { path, kind, sizeBytes } of archive.entries()) {
    if (kind === 'file' && parts.some((part) => isWithin(path, part))) sizes.set(path, onDisk(sizeBytes))
  }
  const sharesDisk = staging !== undefined && staging.mountedOn === target?.mountedOn
  const besides = sharesDisk ? copyBytes : marginBytes
  const unpacked = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  if (target === undefined || target.freeBytes >= unpacked + besides) return
  const growth = await measureGrowth(shell, { facts, parts, sizes }, signal)
  refuseWhereLess(shell, target.freeBytes, growth + besides)
}

interface Room {
  readonly freeBytes: number
  readonly mountedOn: string
}

async function readRoom(shell: Shell, folder: string, signal: AbortSignal): Promise<Room | undefined> {
  const { exitCode, stdout } = await shell.run(['df', '-Pk', '--', folder], { signal })
  const answer = stdout.toString()
  const freeBytes = parseFreeBytes(answer)
  const [, mountedOn] = /%\s+(\/.*)$/.exec(answer.trimEnd()) ?? []
  if (exitCode !== 0 || freeBytes === undefined || mountedOn === undefined) return undefined
  return { freeBytes, mountedOn }
}

/** How much more the disk holds when every file is in its place; `tar` removes a file before it writes its successor. */
async function measureGrowth(
  shell: Shell,
  { facts, parts, sizes }: { facts: HostFacts; parts: readonly string[]; sizes: ReadonlyMap<string, number> },
  signal: AbortSignal,
): Promise<number> {
  const places = parts.map((part) => placeOf(facts.root, part))
  // Systems whose `find` knows no -printf print nothing: then nothing counts as replaced.
  const words = ['find', ...places, '-type', 'f', '-printf', '%s %p\\n']
  const { stdout } = await shell.run(words, {
    signal,
    ...shell.longWork,
    maxOutputBytes: mostNames,
  })
  const start = facts.root === '/' ? 1 : facts.root.length + 1
  let growth = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  for (const line of stdout.toString().split('\n')) {
    const [, size = '0', place = ''] = /^(\d+) (\/.+)$/.exec(line) ?? []
    if (sizes.has(place.slice(start))) growth -= onDisk(Number(size))
  }
  let largest = 0
  for (const size of sizes.values()) largest = Math.max(largest, size)
  return Math.max(0, growth) + largest
}

function refuseWhereLess(shell: Shell, freeBytes: number | undefined, neededBytes: number): void {
  if (freeBytes === undefined || freeBytes >= neededBytes) return
  throw new FailureError({ code: 'device-no-room', address: shell.address, neededBytes, freeBytes })
}

function onDisk(sizeBytes: number): number {
  return Math.ceil(sizeBytes / blockBytes) * blockBytes
}
