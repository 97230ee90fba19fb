import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { lensOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import { flagOf, textOf, valueAt, type Members } from '../lens-values.ts'
import { appsIn } from './lens-apps.ts'
import { architectureOf, meaningful, modelOf, systemVersionOfApps } from './hardware.ts'

/**
 * Who made the file. Sources: `typePlate`, `systemInfo`, `system.hostname` and the `$…` members of a setup file
 * (`setup.v1.schema.json`); the system version is that of the system apps, as everywhere.
 */
export async function identityLens(document: Members): Promise<OpenLens> {
  const plate = (name: string): string | undefined => meaningful(textOf(valueAt(document, 'typePlate', name)))
  const info = (name: string): string | undefined => meaningful(textOf(valueAt(document, 'systemInfo', name)))
  const virtual = flagOf(valueAt(document, 'systemInfo', 'Virtualized'))
  const facts: readonly (readonly [LensCode, OpenCell])[] = [
    [
      'model',
      modelOf({
        storeModelId: plate('StoreModelId'),
        typeCode: plate('TypeCode'),
        productName: plate('ProductName'),
        virtualized: virtual,
      }),
    ],
    ['type-code', plate('TypeCode')],
    ['serial-number', plate('SerialNumber') ?? plate('StoreSerialId')],
    ['host-name', textOf(valueAt(document, 'system', 'hostname'))],
    ['system-version', systemVersionOfApps(appsIn(document))],
    ['operating-system', info('OperatingSystem')],
    ['operating-system-version', info('OsVersion')],
    ['architecture', architectureOf(info('Architecture'))],
    ['mac-address', info('MacAddress')],
    ['runs-virtually', virtual],
    ['manufacturer', plate('Manufacturer')],
    ['product-name', plate('ProductName')],
    ['product-version', plate('Version')],
    ['material-number', plate('MaterialNumber')],
    ['backup-name', textOf(document['$name'])],
    ['backup-version', textOf(document['$version'])],
    ['backup-description', textOf(document['$description'])],
    ['password-set', textOf(document['$passwordHash']) !== undefined],
    ['forces-reboot', flagOf(document['$forceReboot'])],
  ]
  const known = facts.filter(([, value]) => value !== undefined)
  return await lensOf(
    'identity',
    { fact: 'code', value: 'text' },
    known.map(([fact, value]) => ({ fact, value })),
  )
}
