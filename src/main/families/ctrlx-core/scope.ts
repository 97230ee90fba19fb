import { FailureError } from '../../../shared/failure.ts'
import type { App } from '../../../shared/model/identity.ts'
import type { LeftOut, LeftOutReason, Scope, ScopePart } from '../../../shared/model/scope.ts'

/** What the scope is made of, as far as the device told it. */
export interface ScopeInput {
  /** The answer of `/createoptions`; absent where the device has no such call. */
  readonly offer: Readonly<Record<string, unknown>> | undefined
  readonly hasFullAccess: boolean
  readonly apps: readonly App[] | undefined
  /** Names of the apps whose files the device itself would put in; absent where it does not tell. */
  readonly contained: ReadonlySet<string> | undefined
  /** Names of media that are not the device's own; absent where they could not be read. */
  readonly externalMedia: readonly string[] | undefined
  readonly hasPassword: boolean
  /** Ids of the chosen parts; all when absent. */
  readonly chosen?: readonly string[] | undefined
}

/** The elements of a setup file that can be left out one by one; ids are their places in it, titles the vendor's. */
const parts: readonly { readonly id: string; readonly title: string }[] = [
  { id: 'packageManagement', title: 'Apps' },
  { id: 'configurations.active', title: 'Active app data' },
  { id: 'configurations.archive', title: 'Archived app data' },
  { id: 'apps', title: 'App-specific settings' },
  { id: 'certificateManagement', title: 'Certificates and keys' },
  { id: 'identityManagement', title: 'Users and permissions' },
  { id: 'connectivity', title: 'Network' },
  { id: 'hosts', title: 'Hosts' },
  { id: 'proxy', title: 'Proxy' },
  { id: 'ssh', title: 'SSH' },
  { id: 'dateTime', title: 'Date and time' },
  { id: 'system', title: 'Host name, CPU and theming' },
  { id: 'licenseManagement', title: 'Licence settings' },
]

/**
 * What a backup holds and what not.
 * @throws FailureError `bad-input` where a part was chosen that is not offered
 */
export function scopeOf(input: ScopeInput): Scope {
  const offered = offeredParts(input.offer)
  const { chosen } = input
  const stranger = chosen?.find((id) => !offered.some((part) => part.id === id))
  if (stranger !== undefined) {
    throw new FailureError({
      code: 'bad-input',
      field: 'parts',
      reason: `names ${stranger}, which is not offered`,
    })
  }
  const shown = offered.map((part) => ({ ...part, chosen: chosen?.includes(part.id) ?? true }))
  return { parts: shown, leftOut: leftOut(input, shown) }
}

function offeredParts(
  offer: ScopeInput['offer'],
): readonly { readonly id: string; readonly title: string }[] {
  const named = Object.keys(offer ?? {}).filter((key) => /^[A-Za-z][A-Za-z0-9]{0,59}$/.test(key))
  // An answer without any element restricts nothing.
  if (offer === undefined || named.length === 0) return parts
  const known = parts.filter(({ id }) => isOffered(offer, id.split('.')))
  const strange = named
    .filter((key) => !parts.some(({ id }) => id.split('.')[0] === key) && isOffered(offer, [key]))
    .slice(0, 100)
  return [...known, ...strange.map((key) => ({ id: key, title: key }))]
}

function isOffered(element: unknown, path: readonly string[]): boolean {
  if (typeof element !== 'object' || element === null) return element !== undefined
  const [key, ...rest] = path
  if ((element as Readonly<Record<string, unknown>>)['$content'] === 'none') return false
  if (key === undefined) return true
  const children = Object.entries(element).filter(([name]) => !name.startsWith('$'))
  // Sub-elements are only listed where they differ from their parent.
  if (children.length === 0) return true
  const child = children.find(([name]) => name === key)
  return child !== undefined && isOffered(child[1], rest)
}

function leftOut(input: ScopeInput, offered: readonly ScopePart[]): readonly LeftOut[] {
  const left = (reason: LeftOutReason, names: readonly string[]): readonly LeftOut[] =>
    names.map((what) => ({ what, reason }))
  // A part that a login with full access is not offered does not exist on this device.
  const hidden = input.hasFullAccess ? [] : parts.filter(({ id }) => !offered.some((part) => part.id === id))
  const unchosen = offered.filter(({ chosen }) => !chosen)
  return [
    ...(input.apps ?? []).flatMap((app) => leftOutApp(app, input.contained)),
    ...left('licence', ['licences']),
    ...left('logbook', ['logbook']),
    ...left('external-storage', input.externalMedia ?? ['external storage']),
    ...left(
      'not-readable',
      hidden.map(({ title }) => title),
    ),
    ...left(
      'not-chosen',
      unchosen.map(({ title }) => title),
    ),
    ...left('secret-without-password', input.hasPassword ? [] : ['passwords and private keys']),
  ]
}

/**
 * Disabled apps are never backed up. Apps of the system and of the hardware are not either, unless the device
 * itself lists them as part of its backup: newer versions let a person choose them.
 */
function leftOutApp(app: App, contained: ScopeInput['contained']): readonly LeftOut[] {
  const what = app.name
  if (contained?.has(what) === true) return []
  if (!app.enabled) return [{ what, reason: 'disabled-app' }]
  if (app.kind === 'system') return [{ what, reason: 'operating-system-app' }]
  if (app.kind === 'hardware') return [{ what, reason: 'hardware-app' }]
  return []
}

/**
 * The body of `POST /create`. Everything is in by default, and what was not chosen is taken out, so that a part
 * of a newer device that is not known here is not lost.
 */
export function createOptions(scope: Scope, password: string | undefined): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = { $format: 'zip' }
  if (password !== undefined && password !== '') body['$password'] = password
  for (const { id, chosen } of scope.parts) {
    if (chosen) continue
    const [first = '', second] = id.split('.')
    const none = { $content: 'none' }
    body[first] = second === undefined ? none : { ...asRecord(body[first]), [second]: none }
  }
  return body
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
