import type { App, Identity } from '../../../shared/model/identity.ts'
import type { Difference } from '../../../shared/model/restore.ts'
import { namesOnlyIn } from './plan.ts'
import type { SetupFile } from './setup-file.ts'

const maxDifferences = 100
const maxDepth = 40
const maxShown = 200

/** What a device should hold after a restore, as far as it is known. */
export type Expected = Pick<SetupFile, 'systemVersion' | 'apps'>

/**
 * What an archive whose inside is not known should bring: the apps that its source had when it was made.
 * Disabled apps are in no backup.
 */
export function expectedFrom(source: Identity): Expected {
  return {
    systemVersion: source.systemVersion?.value,
    apps: source.apps?.value
      .filter(({ enabled }) => enabled)
      .map(({ name, version, title, kind }) => ({ name, version, title, kind, isContained: false })),
  }
}

/** The document of a setup file, or of `/setupinfo`. */
export type SetupDocument = SetupFile['document']

/**
 * Where the device, read back, is not what the archive asks for: another device, another system, an app that is
 * missing or has another version, and after a `replace` also an app too many.
 *
 * Apps of the hardware belong to the target and are not compared; apps of the system only where the archive
 * holds them. Empty means that everything that can be told from outside agrees.
 */
export function identityDifferences(
  archive: Expected,
  before: Identity,
  now: Identity,
  mode: 'merge' | 'replace',
): readonly Difference[] {
  const expected = {
    serial: before.serial?.value,
    architecture: before.architecture?.value,
    model: before.model?.value,
    systemVersion: archive.systemVersion ?? before.systemVersion?.value,
  }
  const facts = (['serial', 'architecture', 'model', 'systemVersion'] as const).flatMap((name) =>
    differ(name, expected[name], now[name]?.value),
  )
  return [...facts, ...appDifferences(archive, now.apps?.value, mode)]
}

function appDifferences(
  archive: Expected,
  installed: readonly App[] | undefined,
  mode: 'merge' | 'replace',
): readonly Difference[] {
  const listed = archive.apps
  if (!listed) return []
  if (!installed) return [{ what: 'apps', expected: String(listed.length) }]
  const wanted = listed.filter(
    ({ kind, isContained }) => kind === 'user' || (kind === 'system' && isContained),
  )
  const surplus = mode === 'replace' ? namesOnlyIn(installed, listed) : []
  return [
    ...wanted.flatMap(({ name, version }) =>
      differ(`app ${name}`, version, installed.find((app) => app.name === name)?.version),
    ),
    ...surplus.flatMap((name) =>
      differ(`app ${name}`, undefined, installed.find((app) => app.name === name)?.version),
    ),
  ]
}

function differ(
  what: string,
  expected: string | undefined,
  actual: string | undefined,
): readonly Difference[] {
  if (expected === actual) return []
  return [{ what, ...(expected !== undefined && { expected }), ...(actual !== undefined && { actual }) }]
}

/** True where nothing that an identity tells has changed: same device, system and apps. */
export function isSameState(before: Identity, now: Identity): boolean {
  const facts = (['serial', 'architecture', 'model', 'systemVersion', 'hostname'] as const).every(
    (name) => before[name]?.value === now[name]?.value,
  )
  return facts && appList(before) === appList(now)
}

function appList({ apps }: Identity): string | undefined {
  return (
    apps && JSON.stringify(apps.value.map(({ name, version, enabled }) => [name, version, enabled]).sort())
  )
}

/** Elements that belong to the device, hold only secrets, or are compared elsewhere. */
const notCompared: ReadonlySet<string> = new Set([
  'typePlate',
  'systemInfo',
  'packageManagement',
  'licenseManagement',
  'certificateManagement',
])
/** Secrets are encrypted in the archive and not told by the device. Never shown, so never compared. */
const secretName = /password|passphrase|secret|psk|hash|token|credential|key$/i

/**
 * Settings that the archive holds and the device does not have so, as the device tells them in `/setupinfo`.
 * Secrets and references to files are passed over. At most 100 differences are given.
 */
export function settingDifferences(archive: SetupDocument, device: SetupDocument): readonly Difference[] {
  const found: Difference[] = []
  for (const [name, value] of Object.entries(archive)) {
    if (name.startsWith('$') || notCompared.has(name)) continue
    compareValue(name, value, device[name], 0, found)
  }
  return found.slice(0, maxDifferences)
}

/** Where what was to be kept is not as it was, things that were not there before included. */
export function keptDifferences(before: SetupDocument, now: SetupDocument): readonly Difference[] {
  const found: Difference[] = []
  const added: Difference[] = []
  for (const name of Object.keys(before)) {
    compareValue(name, before[name], now[name], 0, found)
    compareValue(name, now[name], before[name], 0, added)
  }
  const seen = new Set(found.map(({ what }) => what))
  return [...found, ...added.filter(({ what }) => !seen.has(what)).map(turned)].slice(0, maxDifferences)
}

function turned({ what, expected, actual }: Difference): Difference {
  return {
    what,
    ...(actual !== undefined && { expected: actual }),
    ...(expected !== undefined && { actual: expected }),
  }
}

/** True where both tell the same settings, in either direction. */
export function haveSameSettings(one: SetupDocument, other: SetupDocument): boolean {
  return settingDifferences(one, other).length === 0 && settingDifferences(other, one).length === 0
}

function compareValue(
  what: string,
  expected: unknown,
  actual: unknown,
  depth: number,
  found: Difference[],
): void {
  if (found.length >= maxDifferences || depth > maxDepth) return
  // null in a setup file asks for removal, so null and absence are the same.
  if ((expected ?? undefined) === (actual ?? undefined)) return
  if (isPlainObject(expected) && (isPlainObject(actual) || actual === undefined)) {
    for (const [name, value] of Object.entries(expected)) {
      if (name.startsWith('$') || secretName.test(name)) continue
      compareValue(`${what}.${name}`, value, actual?.[name], depth + 1, found)
    }
    return
  }
  const [wanted, is] = [shown(expected, depth), shown(actual, depth)]
  if (wanted === is) return
  found.push({
    what: what.slice(0, maxShown),
    ...(wanted !== undefined && { expected: wanted.slice(0, maxShown) }),
    ...(is !== undefined && { actual: is.slice(0, maxShown) }),
  })
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as text, objects in it with their names in order and without secrets. */
function shown(value: unknown, depth: number): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(withoutSecrets(value, depth))
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (depth > maxDepth) return '…'
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, depth + 1))
  if (!isPlainObject(value)) return value
  const names = Object.keys(value).filter((name) => !name.startsWith('$') && !secretName.test(name))
  return Object.fromEntries(names.sort().map((name) => [name, withoutSecrets(value[name], depth + 1)]))
}
