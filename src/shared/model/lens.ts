import { z } from '../schema.ts'

/** Every table that a family can make of the inside of its archives. Each has its words in `shared/text`. */
export const lensIds = [
  'identity',
  'left-out',
  'file-types',
  'apps',
  'app-settings',
  'licences',
  'users',
  'groups',
  'sign-in',
  'interfaces',
  'wireless-networks',
  'network-settings',
  'hosts',
  'certificates',
  'certificate-servers',
  'key-files',
  'configurations',
  'configuration-apps',
  'app-data',
  'plc-programs',
  'services',
  'scheduled-commands',
  'packages',
  'flows',
  'subflows',
  'environment',
  'node-types',
  'configuration-nodes',
  'stored-secrets',
] as const
export type LensId = (typeof lensIds)[number]

/** What belongs together and is shown together, in this order. */
export const lensGroups = [
  'overview',
  'apps',
  'users',
  'network',
  'certificates',
  'configurations',
  'services',
  'packages',
  'flows',
  'nodes',
] as const
export type LensGroup = (typeof lensGroups)[number]

export const lensGroupOf: Readonly<Record<LensId, LensGroup>> = {
  identity: 'overview',
  'left-out': 'overview',
  'file-types': 'overview',
  apps: 'apps',
  'app-settings': 'apps',
  licences: 'apps',
  users: 'users',
  groups: 'users',
  'sign-in': 'users',
  interfaces: 'network',
  'wireless-networks': 'network',
  'network-settings': 'network',
  hosts: 'network',
  certificates: 'certificates',
  'certificate-servers': 'certificates',
  'key-files': 'certificates',
  configurations: 'configurations',
  'configuration-apps': 'configurations',
  'app-data': 'configurations',
  'plc-programs': 'configurations',
  services: 'services',
  'scheduled-commands': 'services',
  packages: 'packages',
  flows: 'flows',
  subflows: 'flows',
  environment: 'flows',
  'node-types': 'nodes',
  'configuration-nodes': 'nodes',
  'stored-secrets': 'nodes',
}

/** Columns of these tables; one id means the same in every table. */
export const lensColumnIds = [
  'address',
  'addresses',
  'aliases',
  'app',
  'application',
  'architecture',
  'changed',
  'command',
  'configuration',
  'count',
  'description',
  'device',
  'dhcp',
  'disabled',
  'dns',
  'enabled',
  'ending',
  'fact',
  'file',
  'files',
  'fingerprint',
  'flow',
  'folder',
  'full-name',
  'gateway',
  'group-id',
  'groups',
  'holds-file',
  'home',
  'host',
  'instances',
  'interface',
  'issuer',
  'kind',
  'members',
  'mtu',
  'must-change-password',
  'name',
  'network',
  'nodes',
  'password',
  'permanent',
  'permissions',
  'port',
  'program',
  'property',
  'protocol',
  'reason',
  'schedule',
  'secret',
  'security',
  'server',
  'setting',
  'shell',
  'size',
  'started-by',
  'status',
  'store',
  'subject',
  'title',
  'type',
  'user',
  'user-id',
  'valid-from',
  'valid-until',
  'value',
  'vendor',
  'version',
  'what',
] as const
export type LensColumnId = (typeof lensColumnIds)[number]

/** `time`: ISO 8601. `size`: bytes. `code`: a word of `shared/text`. `entry`: a path in the archive. */
export const lensColumnKinds = ['text', 'mono', 'count', 'size', 'time', 'yes-no', 'code', 'entry'] as const
export type LensColumnKind = (typeof lensColumnKinds)[number]

/**
 * A readable view of what an archive says, as tables. Values are text of the device and untrusted. A secret is not in
 * here: its cell says only that there is one, and `browse.reveal` gives it.
 */
export const lensCellSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ secret: z.literal(true) }).readonly(),
  z.null(),
])
export type LensCell = z.infer<typeof lensCellSchema>

export const lensSchema = z
  .object({
    id: z.enum(lensIds),
    columns: z
      .array(z.object({ id: z.enum(lensColumnIds), kind: z.enum(lensColumnKinds) }).readonly())
      .readonly(),
    /** As many cells as there are columns; `null` where the archive says nothing. */
    rows: z.array(z.array(lensCellSchema).readonly()).readonly(),
    /** More rows were there than are given. */
    isCapped: z.boolean(),
  })
  .readonly()
export type Lens = z.infer<typeof lensSchema>
