import { FailureError } from '../../../shared/failure.ts'
import { fact, type Identity } from '../../../shared/model/identity.ts'
import type { ArchiveAccess } from '../../archives/archive-access.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { isWithin } from './facts.ts'
import { oneLine, parseOsRelease, systemVersionOf } from './os-release.ts'

const smallFileBytes = 64 * 1024
const mostRoots = 200

/** An archive of a Linux host is a packed or plain tar with something in it; nothing else marks one. */
export function recognises(archive: OpenArchive): boolean {
  return (archive.container === 'tar.gz' || archive.container === 'tar') && archive.count > 0
}

/**
 * What the archive tells of its source. Only gaps of what was recorded are filled: a host asked itself knows better
 * than files that may come from a folder other than `/`.
 * @throws FailureError `archive-foreign`
 */
export async function readArchive(
  archive: OpenArchive,
  recorded: Identity,
  signal: AbortSignal,
): Promise<Identity> {
  if (!recognises(archive)) {
    const detail = archive.count === 0 ? 'it is empty' : `it is a ${archive.container}`
    throw new FailureError({ code: 'archive-foreign', archive: archive.name, family: 'linux-host', detail })
  }
  const found = new Map<keyof Identity, string>()
  const read = async (path: string): Promise<string> => await smallFile(archive, path, signal)
  if (!recorded.hostname) found.set('hostname', oneLine(await read('etc/hostname')))
  if (!recorded.serial) found.set('serial', oneLine(await read('etc/machine-id')))
  if (!recorded.systemVersion || !recorded.operatingSystem) {
    const settings = parseOsRelease((await read('etc/os-release')) || (await read('usr/lib/os-release')))
    if (!recorded.systemVersion) found.set('systemVersion', systemVersionOf(settings))
    if (!recorded.operatingSystem) found.set('operatingSystem', oneLine(settings.get('PRETTY_NAME') ?? ''))
  }
  const known = [...found].filter(([, value]) => value !== '')
  return {
    ...recorded,
    family: 'linux-host',
    ...Object.fromEntries(known.map(([name, value]) => [name, fact(value, 'archive', recorded.readAt)])),
  }
}

/** The outermost entries: what `tar` was told when it made the archive. */
export async function rootsOf(archive: ArchiveAccess): Promise<readonly string[]> {
  const paths: string[] = []
  for await (const { path } of archive.entries()) paths.push(path)
  const known = new Set(paths)
  const roots = paths.filter((path) => !ancestorsOf(path).some((folder) => known.has(folder)))
  if (roots.length <= mostRoots) return roots
  // An archive without entries for its folders: their first names are few.
  return [...new Set(roots.map((path) => path.split('/')[0] ?? path))]
}

/** @throws FailureError `bad-input` where a part is not in the archive */
export async function checkParts(archive: ArchiveAccess, parts: readonly string[]): Promise<void> {
  const missing = new Set(parts)
  for await (const { path } of archive.entries()) {
    for (const part of missing) if (isWithin(path, part)) missing.delete(part)
    if (missing.size === 0) return
  }
  const [first = ''] = missing
  throw new FailureError({
    code: 'bad-input',
    field: 'parts',
    reason: `names “${first}”, which the archive does not hold`,
  })
}

function ancestorsOf(path: string): readonly string[] {
  const names = path.split('/')
  return names.slice(0, -1).map((_name, index) => names.slice(0, index + 1).join('/'))
}

async function smallFile(archive: OpenArchive, path: string, signal: AbortSignal): Promise<string> {
  const entry = archive.find(path)
  if (entry?.kind !== 'file' || entry.sizeBytes > smallFileBytes) return ''
  return (await archive.readBytes(path, smallFileBytes, signal)).toString()
}
