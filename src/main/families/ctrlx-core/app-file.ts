import { architectureOf } from './hardware.ts'
import type { ArchiveAccess } from '../../archives/archive-access.ts'
import type { AppInFile } from '../app-in-file.ts'

/** Observed on files of the vendor: a tar with one folder per processor architecture. */
const snapPath = /^public\/snaps\/([^/]{1,40})\/release\/([^/]{1,300})\.snap$/
/** A version begins with a number that is followed by nothing, or by what separates the parts of a version. */
const snapName = /^([a-z0-9][a-z0-9-]*?)-(v?\d+(?:[.+~-].*)?)$/

/** The apps of an app file, by the names of the snaps in it; none where it holds no snap. */
export async function readAppFile(archive: ArchiveAccess): Promise<readonly AppInFile[]> {
  if (archive.container !== 'tar') return []
  const apps: AppInFile[] = []
  for await (const { path, kind, restriction } of archive.entries()) {
    const [, folder, name = ''] = snapPath.exec(path) ?? []
    const [, app, version] = snapName.exec(name) ?? []
    if (kind !== 'file' || restriction !== undefined || folder === undefined) continue
    if (app === undefined || version === undefined) continue
    const architecture = folder === 'all' ? 'all' : (architectureOf(folder) ?? folder)
    apps.push({ app, version, architecture })
  }
  return apps
}
