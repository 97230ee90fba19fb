import { fact, type Fact } from '../../../shared/model/identity.ts'
import type { IdentityChoice, RestoreOptions } from '../../../shared/model/restore.ts'
import { cutMember } from './cut-member.ts'
import type { SetupFile } from './setup-file.ts'

type KeptId = IdentityChoice['id']
type SetupDocument = SetupFile['document']

/** What makes a device itself, and where a setup file holds it. Each may be absent from one (`setup.v1.schema.json`). */
const places: Readonly<Record<KeptId, readonly string[]>> = {
  hostname: ['system', 'hostname'],
  address: ['connectivity'],
  users: ['identityManagement'],
  certificates: ['certificateManagement'],
}

/** The choices in the order in which they are shown. */
export const keptIds = ['hostname', 'address', 'users', 'certificates'] as const satisfies readonly KeptId[]

const mostNamed = 20

/** What a setup file would bring of each, in a few words; what it does not hold is absent. */
export function keptElementTraits(
  document: SetupDocument,
  readAt: string,
): Readonly<Record<string, Fact<string>>> {
  const held = keptIds.flatMap((id) => {
    const value = valueAt(document, places[id])
    return value === undefined || value === null
      ? []
      : [[traitOf(id), fact(summaryOf(id, value), 'archive', readAt)] as const]
  })
  return Object.fromEntries(held)
}

/** The name of the trait that says what an archive holds of a choice. */
export function traitOf(id: KeptId): string {
  return `setup.${id}`
}

/** A setup document without what is kept on the target. */
export function withoutKept(document: SetupDocument, keep: RestoreOptions['keep']): SetupDocument {
  return keep.reduce<SetupDocument>((rest, id) => omit(rest, places[id]), document)
}

/** What a device holds of what is kept, as a document of its own. */
export function keptPart(document: SetupDocument, keep: RestoreOptions['keep']): SetupDocument {
  return Object.fromEntries(keep.map((id) => [places[id].join('.'), valueAt(document, places[id])]))
}

/** The text of a setup file without what is kept; every other character stays. */
export function cutKept(text: string, keep: RestoreOptions['keep']): string {
  return keep.reduce((rest, id) => cutMember(rest, places[id]), text)
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value)
}

function omit(document: SetupDocument, [name = '', ...rest]: readonly string[]): SetupDocument {
  const { [name]: held, ...others } = document
  if (held === undefined) return document
  return rest.length > 0 && isObject(held) ? { ...others, [name]: omit(held, rest) } : others
}

function summaryOf(id: KeptId, value: unknown): string {
  if (typeof value === 'string') return value
  if (!isObject(value)) return '?'
  const names = {
    hostname: () => [],
    address: () => [...addressesIn(value)],
    users: () => Object.keys(isObject(value['users']) ? value['users'] : {}),
    certificates: () => Object.keys(isObject(value['applications']) ? value['applications'] : {}),
  }[id]()
  return names.slice(0, mostNamed).join(', ')
}

/** Addresses of interfaces, wherever they stand below `addresses`. */
function* addressesIn(value: unknown, depth = 0): Generator<string> {
  if (!isObject(value) || depth > 6) return
  for (const [name, below] of Object.entries(value)) {
    if (name === 'addresses' && Array.isArray(below)) {
      for (const each of below as readonly unknown[]) if (typeof each === 'string') yield each
    } else yield* addressesIn(below, depth + 1)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
