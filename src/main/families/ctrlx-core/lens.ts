import type { OpenArchive } from '../../archives/open.ts'
import type { OpenLens } from '../lens-table.ts'
import { readAppFile } from './app-file.ts'
import { appFileLens, appSettingsLens, appsLens, licencesLens } from './lens-apps.ts'
import { certificateServersLens, certificatesLens } from './lens-certificates.ts'
import { configurationLenses } from './lens-configurations.ts'
import { identityLens } from './lens-identity.ts'
import { leftOutLens } from './lens-left-out.ts'
import { hostsLens, interfacesLens, networkSettingsLens, wirelessLens } from './lens-network.ts'
import { readLensSource } from './lens-source.ts'
import { groupsLens, signInLens, usersLens } from './lens-users.ts'

/**
 * What a setup archive says, and which apps an app file holds. The inside of a legacy tar is not documented, so there
 * is nothing to say of one.
 * @throws FailureError `archive-foreign`, `archive-ambiguous`
 */
export async function lenses(archive: OpenArchive, signal: AbortSignal): Promise<readonly OpenLens[]> {
  const source = await readLensSource(archive, signal)
  if (source === undefined) {
    const apps = archive.container === 'tar' ? await readAppFile(archive) : []
    return apps.length === 0 ? [] : [await appFileLens(apps)]
  }
  const { document } = source
  return [
    await identityLens(document),
    await leftOutLens(source),
    await appsLens(source),
    await appSettingsLens(source),
    await licencesLens(source),
    await usersLens(document),
    await groupsLens(document),
    await signInLens(document),
    await interfacesLens(document),
    await wirelessLens(document),
    await networkSettingsLens(document),
    await hostsLens(document),
    await certificatesLens(source),
    await certificateServersLens(document),
    ...(await configurationLenses(source)),
  ]
}
