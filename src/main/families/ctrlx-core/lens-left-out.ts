import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { lensOf, type OpenLens } from '../lens-table.ts'
import { isObject, objectsIn, textOf, valueAt, type Members } from '../lens-values.ts'
import { appsIn } from './lens-apps.ts'
import type { LensSource } from './lens-source.ts'
import { kindOfApp } from './hardware.ts'

const appsAtMost = 5000

type LeftOutRow = readonly [what: LensCode, reason: LensCode]

/**
 * What the device never puts into such a file, and what it holds without (vendor's notes on creating a backup, its
 * manuals of app settings and of storage extensions).
 */
const never: readonly LeftOutRow[] = [
  ['disabled-apps', 'never-in-backup'],
  ['licences', 'bound-to-device'],
  ['log-book', 'never-in-backup'],
  ['external-storage', 'never-in-backup'],
  ['data-of-apps', 'no-settings-interface'],
]

/** Elements of a setup file that can be left out when it is made (`setup.v1.schema.json`). */
const sections: readonly (readonly [LensCode, readonly string[]])[] = [
  ['list-of-apps', ['packageManagement', 'installedApps']],
  ['active-configuration', ['configurations', 'active']],
  ['archived-configurations', ['configurations', 'archive']],
  ['certificates', ['certificateManagement']],
  ['users-and-groups', ['identityManagement']],
  ['network-settings', ['connectivity']],
]

/** What is not in the file, and why. */
export async function leftOutLens(source: LensSource): Promise<OpenLens> {
  const { document } = source
  const rows: readonly LeftOutRow[] = [
    ...sections.flatMap(([what, path]): readonly LeftOutRow[] =>
      isObject(valueAt(document, ...path)) ? [] : [[what, 'file-says-nothing']],
    ),
    ...(await absentApps(source)),
    ...absentAppData(document),
    ...secrets(document),
    ...never,
  ]
  return await lensOf(
    'left-out',
    { what: 'code', reason: 'code' },
    rows.map(([what, reason]) => ({ what, reason })),
  )
}

async function absentApps({ document, entryOf }: LensSource): Promise<readonly LeftOutRow[]> {
  const apps = appsIn(document).slice(0, appsAtMost)
  if (apps.length === 0) return []
  const isSystem = ({ name, app }: (typeof apps)[number]): boolean =>
    kindOfApp(name, textOf(app['appType'])) !== 'user'
  const absent = async (some: typeof apps): Promise<boolean> => {
    for (const { app } of some) if (!(await entryOf(app, 'packageManagement/installedApps'))) return true
    return false
  }
  const [system, user] = [apps.filter(isSystem), apps.filter((app) => !isSystem(app))]
  return [
    ...(system.length === 0 ? [['system-apps', 'never-in-backup'] as const] : []),
    ...((await absent(system)) ? [['system-apps', 'names-only'] as const] : []),
    ...((await absent(user)) ? [['app-files', 'names-only'] as const] : []),
  ]
}

/** A configuration without `$path` was made with `$content: items`: its name is there, its files are not. */
function absentAppData(document: Members): readonly LeftOutRow[] {
  const held = [
    valueAt(document, 'configurations', 'active'),
    ...objectsIn(valueAt(document, 'configurations', 'archive')).map(([, each]) => each),
  ].filter(isObject)
  return held.some(({ $path }) => textOf($path) === undefined) ? [['app-data', 'names-only']] : []
}

function secrets(document: Members): readonly LeftOutRow[] {
  if (textOf(document['$passwordHash']) !== undefined) return []
  return [
    ['secrets', 'no-password-set'],
    ['private-keys', 'no-password-set'],
  ]
}
