import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { AppInFile } from '../app-in-file.ts'
import { lensOf, type OpenLens } from '../lens-table.ts'
import {
  flagOf,
  isObject,
  listOf,
  numberOf,
  objectsIn,
  textOf,
  valueAt,
  type Members,
} from '../lens-values.ts'
import { kindOfApp } from './hardware.ts'
import type { LensSource } from './lens-source.ts'

const kinds = { user: 'user-app', system: 'system-app', hardware: 'hardware-app' } as const satisfies Record<
  string,
  LensCode
>

/** Apps that a document lists with a version; what has none is no app (`setup.v1.schema.json`, `app`). */
export function appsIn(
  document: Members,
): readonly { readonly name: string; readonly version: string; readonly app: Members }[] {
  return objectsIn(valueAt(document, 'packageManagement', 'installedApps')).flatMap(([name, app]) => {
    const version = textOf(app['version'])
    return version === undefined ? [] : [{ name, version, app }]
  })
}

/** Source: `packageManagement.installedApps` of a setup file. */
export async function appsLens({ document, entryOf }: LensSource): Promise<OpenLens> {
  async function* rows() {
    const listed = objectsIn(valueAt(document, 'packageManagement', 'installedApps'))
    for (const [name, app] of listed) {
      const file = await entryOf(app, 'packageManagement/installedApps')
      yield {
        name,
        title: textOf(app['title']),
        version: textOf(app['version']),
        kind: kinds[kindOfApp(name, textOf(app['appType']))],
        vendor: textOf(app['vendor']),
        size: numberOf(app['size']),
        'holds-file': file !== undefined,
        file: file?.path,
      }
    }
  }
  return await lensOf(
    'apps',
    {
      name: 'mono',
      title: 'text',
      version: 'mono',
      kind: 'code',
      vendor: 'text',
      size: 'size',
      'holds-file': 'yes-no',
      file: 'entry',
    },
    rows(),
  )
}

/** The apps of an app file, by the names of the snaps in it. */
export async function appFileLens(apps: readonly AppInFile[]): Promise<OpenLens> {
  return await lensOf(
    'apps',
    { name: 'mono', version: 'mono', architecture: 'text' },
    apps.map(({ app, version, architecture }) => ({ name: app, version, architecture })),
  )
}

/** Source: `apps.<app>.settings` of a setup file: a text, an object, or a `$path` to a file. */
export async function appSettingsLens({ document, entryOf }: LensSource): Promise<OpenLens> {
  async function* rows() {
    for (const [app, entry] of objectsIn(document['apps'])) {
      const settings = valueAt(entry, 'settings')
      for (const [name, value] of isObject(settings) ? Object.entries(settings) : []) {
        const file = await entryOf(value, `apps/${app}/settings`)
        yield { app, name, file: file?.path, size: file?.sizeBytes }
      }
    }
  }
  return await lensOf('app-settings', { app: 'mono', name: 'mono', size: 'size', file: 'entry' }, rows())
}

/**
 * Licences that the device had when the file was made; they do not come back with it. Source:
 * `licenseManagement.capabilities` of a setup file.
 */
export async function licencesLens({ document }: LensSource): Promise<OpenLens> {
  return await lensOf(
    'licences',
    {
      name: 'mono',
      version: 'mono',
      count: 'count',
      permanent: 'yes-no',
      'valid-from': 'time',
      'valid-until': 'time',
    },
    listOf(valueAt(document, 'licenseManagement', 'capabilities')).map((licence) => ({
      name: textOf(valueAt(licence, 'name')),
      version: textOf(valueAt(licence, 'version')),
      count: numberOf(valueAt(licence, 'count')),
      permanent: flagOf(valueAt(licence, 'isPermanent')),
      'valid-from': textOf(valueAt(licence, 'startDate')),
      'valid-until': textOf(valueAt(licence, 'finalExpirationDate')),
    })),
  )
}
