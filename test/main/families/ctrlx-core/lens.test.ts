import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lenses } from '../../../../src/main/families/ctrlx-core/lens.ts'
import { secretIn } from '../../../../src/main/families/lens-table.ts'
import { renewCertificate } from '../../../../src/practice/certificate.ts'
import { FailureError } from '../../../../src/shared/failure.ts'
import { answerOf, pairsOf, quiet, rowsOf, tarOf, zipOf } from '../lens-archives.ts'

const canary = 'canary-d41d8c'
const setup = {
  $name: 'PRESS-7 backup',
  $passwordHash: 'scrypt:hash-of-the-archive',
  $forceReboot: true,
  typePlate: { SerialNumber: '7260', TypeCode: 'COREX-M-X7-11', Manufacturer: 'Bosch Rexroth' },
  systemInfo: {
    Architecture: 'x86-64',
    OperatingSystem: 'Ubuntu Core',
    OsVersion: '24',
    Virtualized: 'false',
  },
  system: { hostname: 'PRESS-7', backupDefaults: { password: `${canary}-restore` } },
  packageManagement: {
    installedApps: {
      'rexroth-deviceadmin': { version: '4.6.0', appType: 'app', title: 'Device Admin' },
      'rexroth-automationcore': { version: '4.6.1', appType: 'app' },
      'rexroth-plc': {
        version: '4.6.2',
        appType: 'app',
        title: 'PLC',
        vendor: 'Bosch Rexroth AG',
        size: 49152,
        $path: '/PackageManagement/installedApps/rexroth-plc-4.6.2.app',
      },
      'rexroth-lost': { version: '1.0.0', $path: 'rexroth-lost-1.0.0.app' },
      'removed-app': null,
    },
  },
  apps: { 'rexroth-plc': { settings: { license: { $path: 'license.bin' }, mode: 'fast' } } },
  identityManagement: {
    groups: { admin: { permissions: ['rexroth-device.all.rwx'] } },
    users: {
      boschrexroth: {
        enabled: true,
        groups: ['admin'],
        permissions: ['a.r', 'b.w'],
        passwordHash: `${canary}-hash`,
        forcePasswordChange: false,
      },
      operator: { enabled: false, groups: ['admin'], initialPassword: `${canary}-initial` },
    },
    ldapConfiguration: { host: 'ldap.plant', port: '636', readOnlyUserPassword: `${canary}-ldap` },
    radiusConfiguration: { ip: '10.0.0.9', secret: `${canary}-radius` },
  },
  connectivity: {
    ethernet: {
      XF10: {
        enabled: true,
        mtu: 1500,
        ipv4: {
          dhcpEnabled: false,
          addresses: ['192.168.1.1/24'],
          gateway: '192.168.1.254',
          dnsServers: ['9.9.9.9'],
        },
        ipv6: { addresses: ['fd00::1/64'] },
      },
    },
    wifi: { wlan0: { network: { plant: { security: { type: 'wpa2__psk', password: `${canary}-wifi` } } } } },
  },
  proxy: {
    enabled: true,
    https: { url: 'http://proxy:3128', username: 'line', password: `${canary}-proxy` },
    noProxy: 'localhost',
  },
  dateTime: {
    timezone: 'Europe/Berlin',
    timeSynchronization: true,
    ntpServers: ['ntp.plant', 'pool.ntp.org'],
  },
  hosts: [{ address: '192.168.1.20', hostname: 'drive-1', aliases: ['axis-1', 'x'] }],
  licenseManagement: {
    capabilities: [{ name: 'SWL-XC*-RUN', version: '4.6', count: 1, isPermanent: true }],
  },
  certificateManagement: {
    applications: {
      webserver: {
        certificates: { own: { 'device.crt': { $path: '/certificateManagement/webserver/device.crt' } } },
        keys: { own: { 'device.key': { $path: '/certificateManagement/webserver/device.key.aes' } } },
        certificateRevocationLists: { 'plant.crl': {} },
      },
    },
    pkis: {
      'https://ca.plant/scep': { protocol: 'SCEP', authentication: { challenge: `${canary}-challenge` } },
    },
  },
  configurations: {
    active: { name: 'appdata', $path: '/configurations/active' },
    archive: { commissioning: { $path: 'commissioning' }, empty: {} },
  },
}
const files = {
  'packageManagement/installedApps/rexroth-plc-4.6.2.app': 'app',
  'apps/rexroth-plc/settings/license.bin': 'bin',
  'certificateManagement/webserver/device.key.aes': 'sealed',
  'configurations/active/configuration.json': JSON.stringify({
    description: 'Recipe of PRESS-7',
    device: 'PRESS-7',
    user: 'boschrexroth',
    apps: [
      { name: 'rexroth-plc', version: '4.6.0', appDirectories: [{ name: 'plc' }, { name: 'scheduler' }] },
    ],
  }),
  'configurations/active/plc/run/linux-gcc-x86_64/data/Application.app': 'boot project',
  'configurations/active/plc/run/linux-gcc-x86_64/data/Application.crc': 'crc',
  'configurations/active/scheduler/autoconfig.json': '{}',
  'configurations/archive/commissioning/configuration.json': 'not JSON at all',
}

async function lensesOf(document: unknown, more: Readonly<Record<string, string | Buffer>> = {}) {
  const archive = await zipOf({ 'ctrlx-setup.json': JSON.stringify(document), ...more })
  return await lenses(archive, quiet)
}

test('a setup archive says who made it', async () => {
  expect(pairsOf(await lensesOf(setup, files), 'identity')).toEqual({
    model: 'ctrlX CORE X7',
    'type-code': 'COREX-M-X7-11',
    'serial-number': '7260',
    'host-name': 'PRESS-7',
    'system-version': '4.6',
    'operating-system': 'Ubuntu Core',
    'operating-system-version': '24',
    architecture: 'x64',
    'runs-virtually': false,
    manufacturer: 'Bosch Rexroth',
    'backup-name': 'PRESS-7 backup',
    'password-set': true,
    'forces-reboot': true,
  })
})

test('apps are listed with their versions and kinds, and whether their files are there', async () => {
  const made = await lensesOf(setup, files)
  expect(rowsOf(made, 'apps')).toEqual([
    {
      name: 'rexroth-deviceadmin',
      title: 'Device Admin',
      version: '4.6.0',
      kind: 'system-app',
      'holds-file': false,
    },
    { name: 'rexroth-automationcore', version: '4.6.1', kind: 'system-app', 'holds-file': false },
    {
      name: 'rexroth-plc',
      title: 'PLC',
      version: '4.6.2',
      kind: 'user-app',
      vendor: 'Bosch Rexroth AG',
      size: 49152,
      'holds-file': true,
      // The vendor looks names up whatever their case; the path is the one in the archive.
      file: 'packageManagement/installedApps/rexroth-plc-4.6.2.app',
    },
    { name: 'rexroth-lost', version: '1.0.0', kind: 'user-app', 'holds-file': false },
  ])
  expect(rowsOf(made, 'app-settings')).toEqual([
    { app: 'rexroth-plc', name: 'license', size: 3, file: 'apps/rexroth-plc/settings/license.bin' },
    { app: 'rexroth-plc', name: 'mode' },
  ])
  expect(rowsOf(made, 'licences')).toEqual([
    { name: 'SWL-XC*-RUN', version: '4.6', count: 1, permanent: true },
  ])
})

test('users, groups, network, hosts and time are tables', async () => {
  const made = await lensesOf(setup, files)
  expect(rowsOf(made, 'users')).toMatchObject([
    {
      name: 'boschrexroth',
      enabled: true,
      groups: 'admin',
      permissions: 'a.r, b.w',
      'must-change-password': false,
    },
    { name: 'operator', enabled: false },
  ])
  expect(rowsOf(made, 'groups')).toEqual([
    { name: 'admin', members: 'boschrexroth, operator', permissions: 'rexroth-device.all.rwx' },
  ])
  expect(rowsOf(made, 'interfaces')).toEqual([
    {
      name: 'XF10',
      kind: 'ethernet',
      enabled: true,
      dhcp: false,
      addresses: '192.168.1.1/24, fd00::1/64',
      gateway: '192.168.1.254',
      dns: '9.9.9.9',
      mtu: 1500,
    },
    { name: 'wlan0', kind: 'wifi' },
  ])
  expect(rowsOf(made, 'wireless-networks')).toMatchObject([
    { interface: 'wlan0', network: 'plant', security: 'wpa2__psk' },
  ])
  expect(rowsOf(made, 'network-settings').map(({ setting, value }) => [setting, value])).toEqual(
    expect.arrayContaining([
      ['proxy-enabled', true],
      ['https-proxy', 'http://proxy:3128'],
      ['ntp-server', 'ntp.plant'],
      ['ntp-server', 'pool.ntp.org'],
      ['time-zone', 'Europe/Berlin'],
    ]),
  )
  expect(rowsOf(made, 'hosts')).toEqual([{ address: '192.168.1.20', host: 'drive-1', aliases: 'axis-1, x' }])
  expect(pairsOf(made, 'sign-in')).toMatchObject({
    'ldap-server': 'ldap.plant:636',
    'radius-server': '10.0.0.9',
  })
})

test('a certificate says who it is for and how long it is good; what cannot be read is named alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-lens-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  const { certificatePem, fingerprint } = await renewCertificate(folder, 'press-7.plant', {
    notBefore: new Date('2026-01-02T03:04:05.000Z'),
    notAfter: new Date('2027-01-02T03:04:05.000Z'),
  })
  const made = await lensesOf(setup, {
    ...files,
    'certificateManagement/webserver/device.crt': certificatePem,
  })
  expect(rowsOf(made, 'certificates')).toEqual([
    {
      application: 'webserver',
      kind: 'certificate',
      store: 'own',
      name: 'device.crt',
      subject: 'CN=press-7.plant',
      issuer: 'CN=press-7.plant',
      'valid-from': '2026-01-02T03:04:05.000Z',
      'valid-until': '2027-01-02T03:04:05.000Z',
      fingerprint: (fingerprint.toUpperCase().match(/../g) ?? []).join(':'),
      file: 'certificateManagement/webserver/device.crt',
    },
    {
      application: 'webserver',
      kind: 'key',
      store: 'own',
      name: 'device.key',
      file: 'certificateManagement/webserver/device.key.aes',
    },
    { application: 'webserver', kind: 'revocation-list', name: 'plant.crl' },
  ])
  expect(rowsOf(made, 'certificate-servers')).toMatchObject([
    { address: 'https://ca.plant/scep', protocol: 'SCEP' },
  ])
})

test('configurations are counted, and what is in them is known by its names', async () => {
  const made = await lensesOf(setup, files)
  const bytesOf = (prefix: string): number =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(prefix))
      .reduce((sum, [, content]) => sum + content.length, 0)
  expect(rowsOf(made, 'configurations')).toEqual([
    {
      name: 'appdata',
      kind: 'active',
      description: 'Recipe of PRESS-7',
      device: 'PRESS-7',
      user: 'boschrexroth',
      files: 4,
      size: bytesOf('configurations/active/'),
    },
    { name: 'commissioning', kind: 'archived', files: 1, size: 15 },
    { name: 'empty', kind: 'archived' },
  ])
  expect(rowsOf(made, 'configuration-apps')).toEqual([
    { configuration: 'appdata', name: 'rexroth-plc', version: '4.6.0', folder: 'plc, scheduler' },
  ])
  expect(rowsOf(made, 'app-data')).toEqual([
    { configuration: 'appdata', folder: 'plc', files: 2, size: 15 },
    { configuration: 'appdata', folder: 'scheduler', files: 1, size: 2 },
  ])
  expect(rowsOf(made, 'plc-programs')).toMatchObject([
    {
      configuration: 'appdata',
      program: 'Application',
      architecture: 'linux-gcc-x86_64',
      file: 'configurations/active/plc/run/linux-gcc-x86_64/data/Application.app',
    },
  ])
})

test('what is not in the file is said with the reason', async () => {
  const whole = rowsOf(await lensesOf(setup, files), 'left-out').map(({ what, reason }) => [what, reason])
  expect(whole).toEqual([
    ['system-apps', 'names-only'],
    ['app-files', 'names-only'],
    ['app-data', 'names-only'],
    ['disabled-apps', 'never-in-backup'],
    ['licences', 'bound-to-device'],
    ['log-book', 'never-in-backup'],
    ['external-storage', 'never-in-backup'],
    ['data-of-apps', 'no-settings-interface'],
  ])
  const bare = rowsOf(await lensesOf({ dateTime: {} }), 'left-out').map(({ what, reason }) => [what, reason])
  expect(bare).toEqual(
    expect.arrayContaining([
      ['list-of-apps', 'file-says-nothing'],
      ['users-and-groups', 'file-says-nothing'],
      ['secrets', 'no-password-set'],
    ]),
  )
})

test('no secret is in the answer, and each can be asked for', async () => {
  const made = await lensesOf(setup, files)
  expect(JSON.stringify(made)).toContain(canary)
  expect(JSON.stringify(answerOf(made))).not.toContain(canary)
  const secrets = made.flatMap(({ id, rows }) =>
    rows.flatMap((row, at) =>
      row.flatMap((cell, column) => (typeof cell === 'object' ? [secretIn(made, id, at, column)] : [])),
    ),
  )
  expect(secrets.toSorted()).toEqual(
    ['challenge', 'hash', 'initial', 'ldap', 'proxy', 'radius', 'restore', 'wifi'].map(
      (end) => `${canary}-${end}`,
    ),
  )
  expect(() => secretIn(made, 'users', 0, 0)).toThrow(FailureError)
  expect(() => secretIn(made, 'users', 99, 5)).toThrow(FailureError)
})

test.each([
  ['wrong types everywhere', 7],
  ['lists for objects', [[], 'x', null]],
])('a document with %s has nothing but itself to show', async (_what, value) => {
  const document = Object.fromEntries(Object.keys(setup).map((key) => [key, value]))
  const made = await lensesOf(document, files)
  const ids = made.filter(({ rows }) => rows.length > 0).map(({ id }) => id)
  expect(ids.filter((id) => !['identity', 'left-out', 'hosts'].includes(id))).toEqual([])
})

test('odd rows do not hide the good ones beside them', async () => {
  const made = await lensesOf({
    packageManagement: {
      installedApps: { plc: { version: ['4'], size: 'big', $path: 5 }, ok: { version: '1' } },
    },
    hosts: [null, 5, { address: '10.0.0.1', aliases: 'none' }],
    identityManagement: { users: { eve: { groups: 'admin', enabled: 'yes' } }, groups: [] },
    configurations: { active: { name: 5, $path: '/' }, archive: { x: { $path: ['..'] } } },
    certificateManagement: { applications: { web: { certificates: { own: 'x' }, keys: 5 } } },
    licenseManagement: { capabilities: {} },
    apps: { plc: { settings: 'words' } },
  })
  answerOf(made)
  expect(rowsOf(made, 'apps')).toEqual([
    { name: 'plc', kind: 'user-app', 'holds-file': false },
    { name: 'ok', version: '1', kind: 'user-app', 'holds-file': false },
  ])
  expect(rowsOf(made, 'hosts')).toContainEqual({ address: '10.0.0.1' })
  expect(rowsOf(made, 'users')).toEqual([{ name: 'eve' }])
  expect(rowsOf(made, 'configurations')).toMatchObject([{ name: '5', kind: 'active' }, { name: 'x' }])
})

test('names that mean something to a program are names like others', async () => {
  const text = `{"packageManagement":{"installedApps":{"__proto__":{"version":"6.6.6"},"constructor":{"version":"1"}}},
    "identityManagement":{"users":{"__proto__":{"groups":["__proto__"],"enabled":true}},"groups":{"__proto__":{"permissions":["x"]}}}}`
  const made = await lenses(await zipOf({ 'ctrlx-setup.json': text }), quiet)
  expect(rowsOf(made, 'apps').map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
  expect(rowsOf(made, 'groups')).toEqual([{ name: '__proto__', members: '__proto__', permissions: 'x' }])
  expect(({} as Record<string, unknown>)['version']).toBeUndefined()
})

test('a table ends at 5,000 rows and says so; long words are cut', async () => {
  const hosts = Array.from({ length: 6000 }, (_, index) => ({ hostname: `h${index}`, address: '10.0.0.1' }))
  const made = await lensesOf({ hosts, system: { hostname: 'x'.repeat(5000) } })
  const lens = made.find(({ id }) => id === 'hosts')
  expect(lens?.rows).toHaveLength(5000)
  expect(lens?.isCapped).toBe(true)
  expect(pairsOf(made, 'identity')['host-name']).toHaveLength(1001)
})

test('a path of nothing but slashes takes no time', async () => {
  const begun = performance.now()
  const app = { version: '1', $path: `${'/'.repeat(2_000_000)}x/` }
  const made = await lensesOf({ packageManagement: { installedApps: { app } } })
  expect(rowsOf(made, 'apps')).toMatchObject([{ 'holds-file': false }])
  expect(performance.now() - begun).toBeLessThan(2000)
})

test.each([
  ['no JSON', '<html>'],
  ['a list', '[]'],
  ['a deep document', '['.repeat(100_000)],
])('a setup file that is %s has nothing to show', async (_what, text) => {
  expect(await lenses(await zipOf({ 'ctrlx-setup.json': text }), quiet)).toEqual([])
})

test('an app file shows the apps in it, another tar nothing', async () => {
  const app = await tarOf({ 'public/snaps/amd64/release/rexroth-plc-4.6.2.snap': 'snap' }, 'plc.app')
  expect(rowsOf(await lenses(app, quiet), 'apps')).toEqual([
    { name: 'rexroth-plc', version: '4.6.2', architecture: 'x64' },
  ])
  expect(await lenses(await tarOf({ anything: 'x' }, 'ctrlX-2021-05-01-08-30-00.tar'), quiet)).toEqual([])
})
