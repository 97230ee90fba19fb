import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { lensOf, secretOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import {
  flagOf,
  listOf,
  numberOf,
  objectsIn,
  textOf,
  textsOf,
  valueAt,
  type Members,
} from '../lens-values.ts'
import { settingsLens } from './lens-users.ts'

const kinds = ['ethernet', 'vlan', 'bridge', 'dan', 'wifi'] as const satisfies readonly LensCode[]

/** Source: `connectivity.{ethernet,vlan,bridge,dan,wifi}.<name>` of a setup file. */
export async function interfacesLens(document: Members): Promise<OpenLens> {
  const rows = kinds.flatMap((kind) =>
    objectsIn(valueAt(document, 'connectivity', kind)).map(([name, each]) => ({
      name,
      kind,
      enabled: flagOf(each['enabled']),
      dhcp: flagOf(valueAt(each, 'ipv4', 'dhcpEnabled')),
      addresses: both(each, 'addresses'),
      gateway: both(each, 'gateway'),
      dns: both(each, 'dnsServers'),
      mtu: numberOf(each['mtu']),
    })),
  )
  return await lensOf(
    'interfaces',
    {
      name: 'mono',
      kind: 'code',
      enabled: 'yes-no',
      dhcp: 'yes-no',
      addresses: 'mono',
      gateway: 'mono',
      dns: 'mono',
      mtu: 'count',
    },
    rows,
  )
}

/** Source: `connectivity.wifi.<name>.{network.<ssid>,hotspot}.security` of a setup file. */
export async function wirelessLens(document: Members): Promise<OpenLens> {
  const rows = objectsIn(valueAt(document, 'connectivity', 'wifi')).flatMap(([name, wifi]) => {
    const hotspot = valueAt(wifi, 'hotspot')
    const networks = [
      ...objectsIn(wifi['network']),
      ...objectsIn({ [textOf(valueAt(hotspot, 'ssid')) ?? '']: hotspot }),
    ]
    return networks.map(([network, { security }]) => ({
      interface: name,
      network,
      security: textOf(valueAt(security, 'type')),
      user: textOf(valueAt(security, 'identity')),
      password: secretOf(
        textOf(valueAt(security, 'password')) ??
          textOf(valueAt(security, 'encryptedPassword')) ??
          textOf(valueAt(security, 'privateKeyPassword')),
      ),
    }))
  })
  return await lensOf(
    'wireless-networks',
    { interface: 'mono', network: 'text', security: 'mono', user: 'text', password: 'mono' },
    rows,
  )
}

/** Sources: `proxy` and `dateTime` of a setup file. */
export async function networkSettingsLens(document: Members): Promise<OpenLens> {
  const proxy = (name: 'http' | 'https'): readonly (readonly [LensCode, OpenCell])[] => {
    const at = (member: string): string | undefined => textOf(valueAt(document, 'proxy', name, member))
    return [
      [`${name}-proxy`, at('url')],
      [`${name}-proxy-user`, at('username')],
      [`${name}-proxy-password`, secretOf(at('password') ?? at('encryptedPassword'))],
    ]
  }
  const servers = listOf(valueAt(document, 'dateTime', 'ntpServers')).slice(0, 50)
  return await settingsLens('network-settings', [
    ['proxy-enabled', flagOf(valueAt(document, 'proxy', 'enabled'))],
    ...proxy('http'),
    ...proxy('https'),
    ['no-proxy-for', textOf(valueAt(document, 'proxy', 'noProxy'))],
    ['time-synchronisation', flagOf(valueAt(document, 'dateTime', 'timeSynchronization'))],
    ...servers.map((server) => ['ntp-server', textOf(server)] as const),
    ['time-zone', textOf(valueAt(document, 'dateTime', 'timezone'))],
  ])
}

/** Source: `hosts` of a setup file. */
export async function hostsLens(document: Members): Promise<OpenLens> {
  return await lensOf(
    'hosts',
    { address: 'mono', host: 'mono', aliases: 'mono' },
    listOf(document['hosts']).map((entry) => ({
      address: textOf(valueAt(entry, 'address')),
      host: textOf(valueAt(entry, 'hostname')),
      aliases: textsOf(valueAt(entry, 'aliases')),
    })),
  )
}

/** A setting of IPv4 and of IPv6 in one line. */
function both(each: Members, setting: string): string | undefined {
  const found = ['ipv4', 'ipv6'].map((version) => {
    const value = valueAt(each, version, setting)
    return textOf(value) ?? textsOf(value)
  })
  return textsOf(found.filter((text) => text !== undefined))
}
