import type { Device } from '../shared/model/device.ts'
import { formatTime } from '../shared/text/format.ts'
import { wordsIn } from '../shared/text/index.ts'
import { table, type Output } from './output.ts'

/** Everything known about a device: what was read, what was stated, and since when. */
export function showDevice(device: Device, output: Output): void {
  output.result(device, () => {
    const words = wordsIn(output.language)
    const { identity, role } = device
    const known = ['model', 'architecture', 'systemVersion', 'serial', 'hostname', 'operatingState'] as const
    const facts = known.flatMap((name) => {
      const fact = identity?.[name]
      return fact
        ? [
            [
              name,
              fact.value,
              words.provenance[fact.provenance],
              formatTime(fact.readAt, output.language).local,
            ],
          ]
        : []
    })
    const apps = (identity?.apps?.value ?? []).map(({ name, version, enabled }) => [
      'app',
      name,
      version,
      enabled ? '' : 'disabled',
    ])
    return table([
      ['name', device.name, device.id, ''],
      ['family', words.family[device.family], '', ''],
      ['address', device.address, device.user, ''],
      ['pin', device.pin?.fingerprint ?? 'none', '', ''],
      ['role', words.role[role], '', ''],
      ...Object.entries(device.facts).map(([name, value]) => [name, value, words.provenance.stated, '']),
      ...facts,
      ...apps,
    ])
  })
}
