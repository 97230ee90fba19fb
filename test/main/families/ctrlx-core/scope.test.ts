import { expect, test } from 'vitest'
import type { App } from '../../../../src/shared/model/identity.ts'
import { createOptions, scopeOf, type ScopeInput } from '../../../../src/main/families/ctrlx-core/scope.ts'

const app = (name: string, kind: App['kind'], enabled = true): App => ({
  name,
  version: '1.0.0',
  kind,
  enabled,
})
const everything: ScopeInput = {
  offer: undefined,
  hasFullAccess: true,
  apps: [
    app('rexroth-plc', 'user'),
    app('old-app', 'user', false),
    app('core24', 'system'),
    app('rexroth-arch02-hw', 'hardware'),
  ],
  contained: undefined,
  externalMedia: [],
  hasPassword: true,
}

test('disabled, system and hardware apps, licences and the logbook are left out', () => {
  expect(scopeOf(everything).leftOut).toEqual([
    { what: 'old-app', reason: 'disabled-app' },
    { what: 'core24', reason: 'operating-system-app' },
    { what: 'rexroth-arch02-hw', reason: 'hardware-app' },
    { what: 'licences', reason: 'licence' },
    { what: 'logbook', reason: 'logbook' },
  ])
})

test('a system app that the device itself puts into its backup is not called left out', () => {
  const scope = scopeOf({ ...everything, contained: new Set(['rexroth-plc', 'core24']) })
  expect(scope.leftOut.some(({ what }) => what === 'core24')).toBe(false)
  expect(scope.leftOut.some(({ what }) => what === 'rexroth-arch02-hw')).toBe(true)
})

test('without a password the secrets are left out', () => {
  expect(scopeOf({ ...everything, hasPassword: false }).leftOut).toContainEqual({
    what: 'passwords and private keys',
    reason: 'secret-without-password',
  })
})

test('a part that the login is not offered is left out as not readable', () => {
  const scope = scopeOf({
    ...everything,
    hasFullAccess: false,
    offer: {
      $format: 'zip',
      packageManagement: { $content: 'files' },
      configurations: { active: { $content: 'files' }, archive: { $content: 'none' } },
    },
  })
  expect(scope.parts.map(({ id }) => id)).toEqual(['packageManagement', 'configurations.active'])
  expect(scope.leftOut).toContainEqual({ what: 'Archived app data', reason: 'not-readable' })
  expect(scope.leftOut).toContainEqual({ what: 'Network', reason: 'not-readable' })
})

test('an offer that names no element restricts nothing', () => {
  expect(scopeOf({ ...everything, offer: { $content: 'files' } }).parts).toHaveLength(13)
})

test('a part of a newer device that is not known here is offered under its own name', () => {
  const scope = scopeOf({ ...everything, offer: { packageManagement: {}, storage: {}, 'bad key': {} } })
  expect(scope.parts.map(({ id }) => id)).toEqual(['packageManagement', 'storage'])
})

test('a full backup asks for nothing to be left out', () => {
  expect(createOptions(scopeOf(everything), 'Secret1')).toEqual({ $format: 'zip', $password: 'Secret1' })
  expect(createOptions(scopeOf(everything), undefined)).toEqual({ $format: 'zip' })
})

test('parts that are not chosen are taken out one by one', () => {
  const chosen = scopeOf(everything)
    .parts.map(({ id }) => id)
    .filter((id) => !['configurations.archive', 'hosts'].includes(id))
  const scope = scopeOf({ ...everything, chosen })
  expect(createOptions(scope, undefined)).toEqual({
    $format: 'zip',
    configurations: { archive: { $content: 'none' } },
    hosts: { $content: 'none' },
  })
  expect(scope.leftOut).toContainEqual({ what: 'Hosts', reason: 'not-chosen' })
})

test('a part that is not offered cannot be chosen', () => {
  expect(() => scopeOf({ ...everything, chosen: ['constructor'] })).toThrow('bad-input')
})
