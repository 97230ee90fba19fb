import { createHash } from 'node:crypto'

/** A person who may log in to the console. */
export interface ConsoleUser {
  readonly name: string
  readonly passwordHash: string
}

/** A service that the appliance logs in to. A migration does not bring its secret along. */
export interface Integration {
  readonly name: string
  readonly server: string
  readonly hasSecret: boolean
}

/** A protected computer. Its Last Seen is a log of the appliance and stands in the state, not here. */
export interface Computer {
  readonly name: string
  readonly clientVersion: string
}

/** What a System Backup v2 carries: entities, rights, settings, policies and configuration; no logs, no address. */
export interface ApplianceContent {
  readonly users: readonly ConsoleUser[]
  readonly entities: {
    readonly computers: readonly Computer[]
    readonly devices: readonly string[]
    readonly groups: readonly string[]
  }
  readonly rights: readonly { readonly group: string; readonly device: string; readonly right: string }[]
  readonly policies: readonly { readonly name: string; readonly kind: string; readonly action: string }[]
  readonly settings: Readonly<Record<string, string>>
  readonly integrations: readonly Integration[]
}

/** What an import can change about an appliance, for "old, new or half". */
export interface CarriedContent {
  readonly users: readonly string[]
  readonly computers: readonly string[]
  readonly devices: readonly string[]
  readonly groups: readonly string[]
  readonly policies: readonly string[]
  readonly integrations: readonly Integration[]
  /** One hash over everything that a backup carries, without the integrations' secrets. */
  readonly digest: string
}

export function carriedContentOf(content: ApplianceContent): CarriedContent {
  const { users, entities, policies, integrations } = content
  const comparable = { ...content, integrations: integrations.map(({ name, server }) => ({ name, server })) }
  return {
    users: users.map(({ name }) => name),
    computers: entities.computers.map(({ name }) => name),
    devices: entities.devices,
    groups: entities.groups,
    policies: policies.map(({ name }) => name),
    integrations,
    digest: createHash('sha256').update(JSON.stringify(comparable)).digest('hex'),
  }
}

/** The content of an image on which only the first user was set up. */
export function emptyContent(users: readonly ConsoleUser[]): ApplianceContent {
  return {
    users,
    entities: { computers: [], devices: [], groups: [] },
    rights: [],
    policies: [],
    settings: { 'Back-end language': 'English' },
    integrations: [],
  }
}

/** The content of an appliance that has guarded a small plant for a while. */
export function workingContent(
  users: readonly ConsoleUser[],
  facts: { readonly clientVersion: string },
): ApplianceContent {
  const { clientVersion } = facts
  const names = ['PRESS-7-HMI', 'PRESS-8-HMI', 'PACKER-2-HMI', 'OFFICE-14', 'OFFICE-15']
  return {
    users,
    entities: {
      computers: names.map((name) => ({ name, clientVersion })),
      devices: ['USB stick 0781-5581', 'Card reader 058f-6366'],
      groups: ['Shop floor', 'Office'],
    },
    rights: [
      { group: 'Shop floor', device: 'USB stick 0781-5581', right: 'Read only' },
      { group: 'Office', device: 'Card reader 058f-6366', right: 'Deny' },
    ],
    policies: [
      { name: 'Recipes stay inside', kind: 'Content Aware Protection', action: 'Block and report' },
      { name: 'Customer numbers', kind: 'Content Aware Protection', action: 'Report' },
    ],
    settings: { 'Back-end language': 'German', 'Client refresh interval': '15 min' },
    integrations: [
      { name: 'SMTP', server: 'mail.plant.example', hasSecret: true },
      { name: 'Active Directory', server: 'dc1.plant.example', hasSecret: true },
    ],
  }
}
