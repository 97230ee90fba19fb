import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { lensOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import { textOf } from '../lens-values.ts'
import { recognises } from './archive.ts'
import { oneLine, parseOsRelease } from './os-release.ts'
import { groupsLens, signInLens, usersLens } from './lens-accounts.ts'
import { networkLenses } from './lens-network.ts'
import { keyFilesLens, packagesLens, scheduledLens, servicesLens } from './lens-software.ts'
import { textIn } from './lens-source.ts'

/** What the files of a host say, as far as they are in the archive and where Linux systems keep them. */
export async function lenses(archive: OpenArchive, signal: AbortSignal): Promise<readonly OpenLens[]> {
  if (!recognises(archive)) return []
  return [
    await identityLens(archive, signal),
    await usersLens(archive, signal),
    await groupsLens(archive, signal),
    await signInLens(archive, signal),
    ...(await networkLenses(archive, signal)),
    await keyFilesLens(archive, signal),
    await servicesLens(archive, signal),
    await scheduledLens(archive, signal),
    await packagesLens(archive, signal),
  ]
}

/** Sources: os-release(5), hostname(5), machine-id(5), localtime(5) and Debian's `etc/timezone`. */
async function identityLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const read = async (path: string): Promise<string> => await textIn(archive, path, signal, 64 * 1024)
  const release = parseOsRelease((await read('etc/os-release')) || (await read('usr/lib/os-release')))
  const [, zone] = /\/zoneinfo\/(.+)$/.exec(archive.find('etc/localtime')?.linkTarget ?? '') ?? []
  const facts: readonly (readonly [LensCode, OpenCell])[] = [
    ['operating-system', textOf(release.get('PRETTY_NAME') ?? release.get('NAME'))],
    ['operating-system-version', textOf(release.get('VERSION_ID'))],
    ['host-name', textOf(oneLine(await read('etc/hostname')))],
    ['machine-id', textOf(oneLine(await read('etc/machine-id')))],
    ['time-zone', zone ?? textOf(oneLine(await read('etc/timezone')))],
  ]
  return await lensOf(
    'identity',
    { fact: 'code', value: 'text' },
    facts.flatMap(([fact, value]) => (value === undefined ? [] : [{ fact, value }])),
  )
}
