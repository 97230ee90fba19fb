import { FailureError } from '../failure.ts'

/** How a family is spoken to. */
export type Protocol = 'ssh' | 'https'

/** A network place. `host` is a name, an IPv4 address or an IPv6 address without brackets (a zone is kept: `fe80::1%eth0`). */
export interface Address {
  readonly protocol: Protocol
  readonly host: string
  /** 1..65535 */
  readonly port: number
}

const defaultPorts: Readonly<Record<Protocol, number>> = { ssh: 22, https: 443 }
const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i
const ipv6 = /^[0-9a-f:.]*:[0-9a-f:.]*(%[a-z0-9_.-]+)?$/i

/**
 * Reads `host`, `host:port`, `[ipv6]:port`, `ssh://…` or `https://…`.
 *
 * User names, passwords, paths and queries in an address are refused: a pin and a login belong to the device,
 * not to a link. An all-digits host is refused because resolvers read it as an IPv4 address nobody typed.
 * @throws FailureError `bad-input`
 */
export function parseAddress(input: string, protocol: Protocol): Address {
  const refuse = (reason: string): never => {
    throw new FailureError({ code: 'bad-input', field: 'address', reason })
  }
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(input.trim()) ?? []
  if (scheme !== undefined && scheme.toLowerCase() !== protocol) return refuse(`expected ${protocol}://`)
  const place = rest.replace(/\/$/, '')
  if (place === '') return refuse('is empty')
  if (/[@/?#\\\s]/.test(place)) return refuse('may hold only a host and a port')
  const [, bracketed, plain, portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(place) ?? []
  const bareIpv6 = bracketed === undefined && place.split(':').length > 2 ? place : undefined
  const host = bareIpv6 ?? bracketed ?? plain ?? ''
  const port = bareIpv6 === undefined && portText !== undefined ? portText : String(defaultPorts[protocol])
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) return refuse('has no valid port')
  const isIpv6 = bracketed !== undefined || bareIpv6 !== undefined
  if (isIpv6 ? !ipv6.test(host) : !hostName.test(host) || /^\d+$/.test(host))
    return refuse('has no valid host')
  return { protocol, host: host.toLowerCase(), port: Number(port) }
}

/** The canonical spelling; `parseAddress` reads it back. The default port is left out. */
export function formatAddress({ protocol, host, port }: Address): string {
  const place = host.includes(':') ? `[${host}]` : host
  return `${protocol}://${place}${port === defaultPorts[protocol] ? '' : `:${String(port)}`}`
}
