import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { lensOf, secretOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import { flagOf, objectsIn, textOf, textsOf, valueAt, type Members } from '../lens-values.ts'

/** Source: `identityManagement.users` of a setup file. Hash and first password are there only with a password. */
export async function usersLens(document: Members): Promise<OpenLens> {
  return await lensOf(
    'users',
    {
      name: 'mono',
      enabled: 'yes-no',
      groups: 'text',
      permissions: 'mono',
      'must-change-password': 'yes-no',
      password: 'mono',
    },
    objectsIn(valueAt(document, 'identityManagement', 'users')).map(([name, user]) => ({
      name,
      enabled: flagOf(user['enabled']),
      groups: textsOf(user['groups']),
      permissions: textsOf(user['permissions']),
      'must-change-password': flagOf(user['forcePasswordChange']),
      password: secretOf(textOf(user['initialPassword']) ?? textOf(user['passwordHash'])),
    })),
  )
}

/** Source: `identityManagement.groups`; the members are the users that name the group. */
export async function groupsLens(document: Members): Promise<OpenLens> {
  const members = new Map<string, string[]>()
  for (const [user, { groups }] of objectsIn(valueAt(document, 'identityManagement', 'users'))) {
    for (const group of Array.isArray(groups) ? (groups as readonly unknown[]) : []) {
      if (typeof group === 'string') members.set(group, [...(members.get(group) ?? []), user].slice(0, 200))
    }
  }
  return await lensOf(
    'groups',
    { name: 'mono', members: 'text', permissions: 'mono' },
    objectsIn(valueAt(document, 'identityManagement', 'groups')).map(([name, group]) => ({
      name,
      members: textsOf(members.get(name)),
      permissions: textsOf(group['permissions']),
    })),
  )
}

/**
 * How people and other servers sign in. Sources: `identityManagement` (login banner, session policies, LDAP, RADIUS,
 * remote authentication), `ssh` and `system.backupDefaults` of a setup file.
 */
export async function signInLens(document: Members): Promise<OpenLens> {
  const at = (...path: readonly string[]): unknown => valueAt(document, 'identityManagement', ...path)
  const secret = (value: unknown, encrypted?: unknown): OpenCell =>
    secretOf(textOf(value) ?? textOf(encrypted))
  const defaults = valueAt(document, 'system', 'backupDefaults')
  const settings: readonly (readonly [LensCode, OpenCell])[] = [
    ['login-banner', textOf(at('loginBanner'))],
    ['easy-service-access', flagOf(at('easyServiceAccess'))],
    ['login-attempts', textOf(at('sessionPolicies', 'maxLoginAttempts'))],
    ['sessions-per-user', textOf(at('sessionPolicies', 'maxSessionsPerUser'))],
    ['session-timeout', textOf(at('sessionPolicies', 'sessionTimeout'))],
    ['remote-sign-in', flagOf(at('remoteAuthConfig', 'enabled'))],
    ['remote-sign-in-service', textOf(at('remoteAuthConfig', 'service'))],
    ['ldap-server', serverOf(at('ldapConfiguration', 'host'), at('ldapConfiguration', 'port'))],
    ['ldap-user', textOf(at('ldapConfiguration', 'readOnlyUser'))],
    [
      'ldap-password',
      secret(at('ldapConfiguration', 'readOnlyUserPassword'), at('ldapConfiguration', 'encryptedPassword')),
    ],
    ['radius-server', serverOf(at('radiusConfiguration', 'ip'), at('radiusConfiguration', 'port'))],
    [
      'radius-secret',
      secret(at('radiusConfiguration', 'secret'), at('radiusConfiguration', 'encryptedPassword')),
    ],
    ['ssh-enabled', flagOf(valueAt(document, 'ssh', 'enabled'))],
    ['restore-password', secret(valueAt(defaults, 'password'), valueAt(defaults, 'encryptedPassword'))],
  ]
  return await settingsLens('sign-in', settings)
}

/** Settings with their values; those that are not set are left out. */
export async function settingsLens(
  id: 'sign-in' | 'network-settings',
  settings: readonly (readonly [LensCode, OpenCell])[],
): Promise<OpenLens> {
  return await lensOf(
    id,
    { setting: 'code', value: 'text' },
    settings.flatMap(([setting, value]) => (value === undefined ? [] : [{ setting, value }])),
  )
}

function serverOf(host: unknown, port: unknown): string | undefined {
  const [name, number] = [textOf(host), textOf(port)]
  return name === undefined || number === undefined ? name : `${name}:${number}`
}
