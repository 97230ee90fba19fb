import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { lensOf, secretOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import { textOf, textsOf } from '../lens-values.ts'
import { entriesLike, linesIn, parseSections, textIn } from './lens-source.ts'

interface Interface {
  readonly name: string | undefined
  readonly kind?: LensCode
  readonly dhcp?: boolean | undefined
  readonly addresses?: string | undefined
  readonly gateway?: string | undefined
  readonly dns?: string | undefined
  readonly file: string
}
interface Wireless {
  readonly interface: string | undefined
  readonly network: string | undefined
  readonly security: string | undefined
  readonly user: string | undefined
  readonly password: OpenCell
  readonly file: string
}
interface NetworkFiles {
  readonly interfaces: readonly Interface[]
  readonly wireless: readonly Wireless[]
}

/**
 * How the host was in the network. Sources: interfaces(5), systemd.network(5), NetworkManager's keyfiles, netplan(5)
 * (whose YAML is named and left to the reader), resolv.conf(5), hosts(5), timesyncd.conf(5).
 */
export async function networkLenses(archive: OpenArchive, signal: AbortSignal): Promise<readonly OpenLens[]> {
  const files = await entriesLike(
    archive,
    {
      interfaces: /^etc\/network\/interfaces(\.d\/[^/]+)?$/,
      networkd: /^etc\/systemd\/network\/[^/]+\.network$/,
      keyfiles: /^etc\/NetworkManager\/system-connections\/[^/]+$/,
      netplan: /^etc\/netplan\/[^/]+\.ya?ml$/,
    },
    signal,
  )
  const interfaces: Interface[] = files.netplan.map(({ path }) => ({ name: undefined, file: path }))
  const wireless: Wireless[] = []
  for (const { path } of files.interfaces) {
    const lines = await linesIn(archive, path, signal)
    interfaces.push(
      ...interfacesOf(
        lines.map(({ text }) => text),
        path,
      ),
    )
  }
  for (const { path } of files.networkd) interfaces.push(networkOf(await textIn(archive, path, signal), path))
  for (const { path } of files.keyfiles) {
    const found = connectionOf(await textIn(archive, path, signal), path)
    interfaces.push(...found.interfaces)
    wireless.push(...found.wireless)
  }
  return [
    await lensOf(
      'interfaces',
      {
        name: 'mono',
        kind: 'code',
        dhcp: 'yes-no',
        addresses: 'mono',
        gateway: 'mono',
        dns: 'mono',
        file: 'entry',
      },
      interfaces,
    ),
    await lensOf(
      'wireless-networks',
      {
        interface: 'mono',
        network: 'text',
        security: 'mono',
        user: 'text',
        password: 'mono',
        file: 'entry',
      },
      wireless,
    ),
    await settingsLens(archive, signal),
    await hostsLens(archive, signal),
  ]
}

/** interfaces(5): `iface <name> <family> <method>` and the options below it, one row for each. */
function interfacesOf(lines: readonly string[], file: string): readonly Interface[] {
  const found: { name: string; dhcp: boolean; options: Map<string, string> }[] = []
  for (const line of lines) {
    const [word = '', ...rest] = line.split(/\s+/)
    const [name, , method] = rest
    if (word === 'iface' && name !== undefined)
      found.push({ name, dhcp: method === 'dhcp', options: new Map() })
    else if (!/^(auto|allow-.+|source|source-directory|mapping|no-auto-down)$/.test(word))
      found.at(-1)?.options.set(word, rest.join(' '))
  }
  return found
    .filter(({ name }) => name !== 'lo')
    .map(({ name, dhcp, options }) => ({
      name,
      dhcp,
      addresses: options.get('address'),
      gateway: options.get('gateway'),
      dns: options.get('dns-nameservers'),
      file,
    }))
}

function networkOf(text: string, file: string): Interface {
  const settings = parseSections(text)
  const all = (section: string, key: string): string | undefined =>
    textsOf(settings.filter((each) => each.section === section && each.key === key).map(({ value }) => value))
  const dhcp = all('Network', 'DHCP')
  return {
    name: all('Match', 'Name') ?? all('Match', 'MACAddress'),
    dhcp: dhcp === undefined ? undefined : dhcp !== 'no' && dhcp !== 'false',
    addresses: textsOf([all('Network', 'Address'), all('Address', 'Address')]),
    gateway: textsOf([all('Network', 'Gateway'), all('Route', 'Gateway')]),
    dns: all('Network', 'DNS'),
    file,
  }
}

function connectionOf(text: string, file: string): NetworkFiles {
  const settings = parseSections(text)
  const one = (section: string, key: string): string | undefined =>
    textOf(settings.find((each) => each.section === section && each.key === key)?.value)
  const type = one('connection', 'type')
  const name = one('connection', 'interface-name') ?? one('connection', 'id')
  // `address1=192.168.1.5/24,192.168.1.1`: the gateway stands behind the address.
  const addresses = settings
    .filter(({ section, key }) => /^ipv[46]$/.test(section) && /^address\d+$/.test(key))
    .map(({ value }) => value.split(','))
  const kinds: Readonly<Record<string, LensCode>> = {
    ethernet: 'ethernet',
    wifi: 'wifi',
    vlan: 'vlan',
    bridge: 'bridge',
  }
  const known: Interface = {
    name,
    kind: type !== undefined && Object.hasOwn(kinds, type) ? (kinds[type] ?? 'other') : 'other',
    dhcp: one('ipv4', 'method') === undefined ? undefined : one('ipv4', 'method') === 'auto',
    addresses: textsOf(addresses.map(([address]) => address)),
    gateway: textsOf([one('ipv4', 'gateway'), ...addresses.map(([, gateway]) => gateway)]),
    dns: textsOf([one('ipv4', 'dns')?.split(';').filter(Boolean).join(', ')]),
    file,
  }
  const password =
    one('wifi-security', 'psk') ?? one('802-1x', 'password') ?? one('wifi-security', 'wep-key0')
  const network = one('wifi', 'ssid')
  const security = one('wifi-security', 'key-mgmt')
  const user = one('802-1x', 'identity')
  const isWireless = type === 'wifi' || network !== undefined
  return {
    interfaces: [known],
    wireless: isWireless
      ? [{ interface: name, network, security, user, password: secretOf(password), file }]
      : [],
  }
}

async function settingsLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const words = { nameserver: 'dns-server', search: 'dns-search' } as const
  const resolver = (await linesIn(archive, 'etc/resolv.conf', signal)).flatMap(({ text, file }) => {
    const [word = '', ...rest] = text.split(/\s+/)
    const value = textOf(rest.join(' '))
    return (word === 'nameserver' || word === 'search') && value !== undefined
      ? [{ setting: words[word], value, file }]
      : []
  })
  const time = 'etc/systemd/timesyncd.conf'
  const servers = parseSections(await textIn(archive, time, signal))
    .filter(({ section, key, value }) => section === 'Time' && key === 'NTP' && value !== '')
    .map(({ value }) => ({ setting: 'ntp-server' as const, value, file: time }))
  return await lensOf('network-settings', { setting: 'code', value: 'text', file: 'entry' }, [
    ...resolver,
    ...servers,
  ])
}

async function hostsLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const rows = (await linesIn(archive, 'etc/hosts', signal)).map(({ text }) => {
    const [address, host, ...aliases] = text.replace(/#.*$/, '').trim().split(/\s+/)
    return { address, host, aliases: textsOf(aliases) }
  })
  return await lensOf('hosts', { address: 'mono', host: 'mono', aliases: 'mono' }, rows)
}
