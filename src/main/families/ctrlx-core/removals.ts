import type { Removal, RestoreOptions } from '../../../shared/model/restore.ts'
import type { SetupDocument } from './compare.ts'
import { kindOfApp } from './hardware.ts'
import type { Package } from './system-api.ts'

type Json = Readonly<Record<string, unknown>>

/** Something that a device has: where it stands in a setup document, and what a person calls it. */
interface Thing {
  readonly kind: string
  readonly what: string
}

/**
 * What a restore would take away from a device. After `replace` that is everything the device tells in `/setupinfo`, and
 * every app it has, that the archive does not hold; `merge` takes away only what the archive names with `null`, which is
 * the format's word for it. What belongs to the hardware or the system is never taken away.
 */
export function removalsFrom(
  device: SetupDocument,
  packages: readonly Package[] | undefined,
  archive: SetupDocument,
  mode: RestoreOptions['mode'],
): readonly Removal[] {
  const present = [...appsOf(device, packages), ...thingsOf(device)]
  const asked = new Set([...nullsOf(archive)].map(keyOf))
  if (mode === 'merge') return present.filter((thing) => asked.has(keyOf(thing)))
  const held = new Set([...appsOf(archive, undefined), ...thingsOf(archive)].map(keyOf))
  return present.filter((thing) => asked.has(keyOf(thing)) || !held.has(keyOf(thing)))
}

function keyOf({ kind, what }: Thing): string {
  return `${kind} ${what}`
}

function* appsOf(
  document: SetupDocument,
  packages: readonly Package[] | undefined,
): Generator<Thing, void, undefined> {
  if (packages) {
    for (const { name, appType, required, installed } of packages) {
      if (installed !== false && kindOfApp(name, appType, required) === 'user')
        yield { kind: 'app', what: name }
    }
    return
  }
  for (const [name, app] of entriesAt(document, 'packageManagement', 'installedApps')) {
    if (app !== null) yield { kind: 'app', what: name }
  }
}

/** Places of a setup document in which each name is a thing of its own, by the word for it. */
const collections: readonly (readonly [kind: string, ...path: string[]])[] = [
  ['user', 'identityManagement', 'users'],
  ['group', 'identityManagement', 'groups'],
  ['network', 'connectivity', 'ethernet'],
  ['network', 'connectivity', 'wifi'],
  ['network', 'connectivity', 'vlan'],
  ['network', 'connectivity', 'bridge'],
  ['network', 'connectivity', 'dan'],
  ['configuration', 'configurations', 'archive'],
  ['pki', 'certificateManagement', 'pkis'],
  ['storage', 'storage', 'networkShares'],
  ['app-settings', 'apps'],
]

/** Sections that are reset as a whole where the archive lacks them. */
const sections = ['connectivity', 'dateTime', 'proxy', 'ssh', 'system', 'identityManagement', 'storage']

function* thingsOf(document: SetupDocument): Generator<Thing, void, undefined> {
  for (const [kind, ...path] of collections) {
    for (const [name, value] of entriesAt(document, ...path)) if (value !== null) yield { kind, what: name }
  }
  const { hosts } = document
  for (const host of Array.isArray(hosts) ? (hosts as readonly unknown[]) : []) {
    yield { kind: 'host', what: hostName(host) }
  }
  for (const [application, stores] of entriesAt(document, 'certificateManagement', 'applications')) {
    for (const path of filesBelow(stores)) yield { kind: 'certificate', what: `${application}/${path}` }
  }
  for (const name of sections) {
    if (document[name] !== undefined && document[name] !== null) yield { kind: 'settings', what: name }
  }
}

function* nullsOf(document: SetupDocument): Generator<Thing, void, undefined> {
  for (const [kind, ...path] of [['app', 'packageManagement', 'installedApps'] as const, ...collections]) {
    for (const [name, value] of entriesAt(document, ...path)) if (value === null) yield { kind, what: name }
  }
}

/** Certificates and keys lie below their application by kind and store. */
function* filesBelow(value: unknown, prefix = '', depth = 0): Generator<string, void, undefined> {
  if (!isObject(value) || depth > 4) return
  for (const [name, below] of Object.entries(value)) {
    if (name.startsWith('$')) continue
    const path = prefix === '' ? name : `${prefix}/${name}`
    const isFile = isObject(below) && Object.keys(below).every((key) => key.startsWith('$'))
    if (isFile || depth === 4) yield path
    else yield* filesBelow(below, path, depth + 1)
  }
}

function hostName(host: unknown): string {
  if (!isObject(host)) return '?'
  return [host['address'], host['hostname']].filter((text) => typeof text === 'string').join(' ')
}

function entriesAt(document: SetupDocument, ...path: readonly string[]): readonly [string, unknown][] {
  const at = path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), document)
  return isObject(at) ? Object.entries(at).filter(([name]) => !name.startsWith('$')) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
