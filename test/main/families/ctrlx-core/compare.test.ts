import { expect, test } from 'vitest'
import { fact, type App, type Identity } from '../../../../src/shared/model/identity.ts'
import {
  expectedFrom,
  haveSameSettings,
  identityDifferences,
  isSameState,
  settingDifferences,
  type Expected,
} from '../../../../src/main/families/ctrlx-core/compare.ts'
import { parseSetupFile } from '../../../../src/main/families/ctrlx-core/setup-file.ts'

const readAt = '2026-11-21T06:00:00.000Z'
const plc: App = { name: 'rexroth-plc', version: '4.6.2', kind: 'user', enabled: true }
const hardware: App = { name: 'rexroth-arch02-hw', version: '4.6.0', kind: 'hardware', enabled: true }

function device(serial: string, apps: readonly App[]): Identity {
  return {
    family: 'ctrlx-core',
    readAt,
    serial: fact(serial, 'probed', readAt),
    architecture: fact('x64', 'probed', readAt),
    systemVersion: fact('4.6', 'probed', readAt),
    apps: fact(apps, 'probed', readAt),
  }
}

const archive: Expected = parseSetupFile({
  packageManagement: {
    installedApps: {
      'rexroth-plc': { version: '4.6.2', appType: 'app', $path: 'packageManagement/x.app' },
      'rexroth-deviceadmin': { version: '4.6.0', appType: 'app' },
      'rexroth-automationcore': { version: '4.6.1', appType: 'app' },
      'rexroth-arch01-hw': { version: '9.9.9', appType: 'app' },
      'gone-app': null,
    },
  },
})!

test('a device that holds what the archive lists has no difference, whatever its own hardware apps are', () => {
  const before = device('72-1', [hardware])
  expect(identityDifferences(archive, before, device('72-1', [plc, hardware]), 'merge')).toEqual([])
})

test('an app that is missing or has another version is a difference', () => {
  const before = device('72-1', [])
  expect(identityDifferences(archive, before, device('72-1', [hardware]), 'merge')).toEqual([
    { what: 'app rexroth-plc', expected: '4.6.2' },
  ])
  expect(
    identityDifferences(archive, before, device('72-1', [{ ...plc, version: '4.4.0' }]), 'merge'),
  ).toEqual([{ what: 'app rexroth-plc', expected: '4.6.2', actual: '4.4.0' }])
})

test('an app too many counts only after a replace', () => {
  const surplus: App = { name: 'node-red', version: '1.2.0', kind: 'user', enabled: true }
  const now = device('72-1', [plc, surplus, hardware])
  expect(identityDifferences(archive, device('72-1', []), now, 'merge')).toEqual([])
  expect(identityDifferences(archive, device('72-1', []), now, 'replace')).toEqual([
    { what: 'app node-red', actual: '1.2.0' },
  ])
})

test('another serial number at the same address is a difference', () => {
  expect(identityDifferences(archive, device('72-1', []), device('72-2', [plc]), 'merge')).toContainEqual({
    what: 'serial',
    expected: '72-1',
    actual: '72-2',
  })
})

test('apps that cannot be read are a difference, never taken as equal', () => {
  const { apps, ...unread } = device('72-1', [])
  expect(apps?.value).toEqual([])
  expect(identityDifferences(archive, device('72-1', []), unread, 'merge')).toContainEqual({
    what: 'apps',
    expected: '4',
  })
})

test('a device is in the same state only when its apps are the same', () => {
  expect(isSameState(device('72-1', [plc, hardware]), device('72-1', [hardware, plc]))).toBe(true)
  expect(isSameState(device('72-1', [plc]), device('72-1', [{ ...plc, enabled: false }]))).toBe(false)
  expect(isSameState(device('72-1', [plc]), device('72-1', []))).toBe(false)
})

test('settings that the device does not have so are named by their place', () => {
  const wanted = { dateTime: { timezone: 'Europe/Berlin', ntpServers: ['a', 'b'] }, hosts: [{ name: 'x' }] }
  const is = { dateTime: { timezone: 'Etc/UTC', ntpServers: ['b', 'a'] }, hosts: [{ name: 'x' }] }
  expect(settingDifferences(wanted, wanted)).toEqual([])
  expect(settingDifferences(wanted, is)).toEqual([
    { what: 'dateTime.timezone', expected: 'Europe/Berlin', actual: 'Etc/UTC' },
    { what: 'dateTime.ntpServers', expected: '["a","b"]', actual: '["b","a"]' },
  ])
})

test('a setting that the archive removes has to be absent', () => {
  const wanted = { connectivity: { bridge: { bridge0: null } } }
  expect(settingDifferences(wanted, { connectivity: {} })).toEqual([])
  expect(settingDifferences(wanted, { connectivity: { bridge: { bridge0: { mtu: 1500 } } } })).toHaveLength(1)
})

test('secrets and references are neither compared nor shown', () => {
  const wanted = {
    $passwordHash: 'a',
    identityManagement: { users: { anna: { passwordHash: 'one', enabled: true } } },
    proxy: { http: { password: 'canary-1' } },
    hosts: [{ secret: 'canary-2', name: 'x' }],
    apps: { plc: { settings: { file: { $path: 'apps/plc/settings/x.bin' } } } },
  }
  const is = { identityManagement: { users: { anna: { enabled: false } } } }
  const found = settingDifferences(wanted, is)
  expect(found.map(({ what }) => what)).toEqual(['identityManagement.users.anna.enabled', 'hosts'])
  expect(JSON.stringify(found)).not.toContain('canary')
})

test('settings are the same only when neither side has more', () => {
  expect(haveSameSettings({ ssh: { enabled: true } }, { ssh: { enabled: true } })).toBe(true)
  expect(haveSameSettings({ ssh: {} }, { ssh: { enabled: true } })).toBe(false)
})

test('a document of any depth is compared without harm', () => {
  const deep = JSON.parse(
    '{"hosts":'.repeat(1).concat('['.repeat(50_000), ']'.repeat(50_000), '}'),
  ) as Record<string, unknown>
  expect(settingDifferences(deep, {})).toHaveLength(1)
})

test('an archive whose inside is not known should bring the apps that its source had', () => {
  const old: App = { name: 'old-app', version: '1.0.0', kind: 'user', enabled: false }
  const expected = expectedFrom(device('72-9', [plc, old, hardware]))
  expect(identityDifferences(expected, device('72-1', []), device('72-1', [plc]), 'merge')).toEqual([])
  expect(identityDifferences(expected, device('72-1', []), device('72-1', []), 'merge')).toEqual([
    { what: 'app rexroth-plc', expected: '4.6.2' },
  ])
})
