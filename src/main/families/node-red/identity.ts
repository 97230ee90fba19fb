import { FailureError } from '../../../shared/failure.ts'
import {
  fact,
  normaliseArchitecture,
  type App,
  type Fact,
  type Identity,
} from '../../../shared/model/identity.ts'
import {
  diagnosticsSchema,
  nodeSetsSchema,
  settingsSchema,
  stateSchema,
  type Diagnostics,
  type NodeSet,
  type Settings,
} from './answers.ts'
import type { NodeRedClient } from './client.ts'
import { lines, traits } from './traits.ts'

/** The module that Node-RED's own nodes belong to. */
export const coreModule = 'node-red'

/**
 * Reads what an instance says of itself. It has no serial number and tells no host name; its diagnostics may be switched
 * off, and then architecture and runtime are absent.
 * @throws FailureError `wrong-family` where it tells nothing at all, and those of `NodeRedClient.read`
 */
export async function readIdentity(client: NodeRedClient, signal: AbortSignal): Promise<Identity> {
  const settings = await client.readIfThere('/settings', settingsSchema, signal)
  const sets = await client.readIfThere('/nodes', nodeSetsSchema, signal)
  const diagnostics = await client.readIfThere('/diagnostics', diagnosticsSchema, signal)
  const state = await client.readIfThere('/flows/state', stateSchema, signal)
  if (settings?.version === undefined && !sets) {
    const detail = 'it tells neither a version of Node-RED nor its nodes'
    throw new FailureError({ code: 'wrong-family', address: client.address, family: 'node-red', detail })
  }
  return toIdentity({ settings, sets, diagnostics, state: state?.state, isOpen: client.isOpen }, new Date())
}

/** What an identity is made of. */
export interface Readings {
  readonly settings: Settings | undefined
  readonly sets: readonly NodeSet[] | undefined
  readonly diagnostics: Diagnostics | undefined
  readonly state: string | undefined
  readonly isOpen: boolean
}

/** Turns answers into facts. Pure. */
export function toIdentity({ settings, sets, diagnostics, state, isOpen }: Readings, at: Date): Identity {
  const readAt = at.toISOString()
  const probed = <T>(value: T): Fact<T> => fact(value, 'probed', readAt)
  const known = (values: Readonly<Record<string, string | undefined>>): Record<string, Fact<string>> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, probed(value)] as const],
      ),
    )
  const { nodejs, os } = diagnostics ?? {}
  const rights = rightsOf(settings, isOpen)
  return {
    family: 'node-red',
    readAt,
    model: probed('Node-RED'),
    ...known({
      systemVersion: settings?.version,
      architecture: nodejs?.arch && normaliseArchitecture(nodejs.arch),
      operatingSystem: os && [os.type, os.release].filter((each) => each !== undefined).join(' '),
      operatingState: state,
    }),
    ...(sets && { apps: probed(modulesOf(sets)) }),
    ...(rights && { rights: probed(rights) }),
    traits: known({
      [traits.nodeTypes]: sets && lines.join(usableTypes(sets)),
      [traits.encryption]: settings?.flowEncryptionType,
      [traits.nodejs]: nodejs?.version,
    }),
  }
}

function rightsOf(settings: Settings | undefined, isOpen: boolean): readonly string[] | undefined {
  if (isOpen) return ['*']
  const permissions = settings?.user?.permissions
  return typeof permissions === 'string' ? [permissions] : permissions
}

/** One app for each module; it counts as enabled where all that it brings is. */
function modulesOf(sets: readonly NodeSet[]): readonly App[] {
  const modules = new Map<string, App>()
  for (const { module, version = '', enabled } of sets) {
    const before = modules.get(module)
    modules.set(module, {
      name: module,
      version,
      kind: module === coreModule ? 'system' : 'user',
      enabled: (before?.enabled ?? true) && enabled,
    })
  }
  return [...modules.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Every type that flows can use now, with its module: enabled, and loaded without an error. */
function usableTypes(sets: readonly NodeSet[]): readonly string[] {
  const usable = sets.filter(({ enabled, err }) => enabled && err === undefined)
  const rows = usable.flatMap(({ module, types }) =>
    // A name with a blank of another kind would become two rows; no editor could use such a type either.
    types.filter((type) => !/[\t\r\n]/.test(type + module)).map((type) => `${type}\t${module}`),
  )
  return [...new Set(rows)].sort()
}
