import type { OutgoingHttpHeaders } from 'node:http'
import { FailureError } from '../../shared/failure.ts'
import type { Address } from '../../shared/model/address.ts'
import type { Input } from './watched-input.ts'

/** One request. `path` begins with a slash and stays on this device. */
export interface HttpsRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  /** The body; its length in bytes goes with it, because devices do not take chunked uploads for granted. */
  readonly body?: { readonly lengthBytes: number; readonly pieces: Input }
  readonly signal: AbortSignal
  /** Silence that ends the wait, in milliseconds. */
  readonly idleMs?: number
  /** How long it may take in all, in milliseconds; waiting for earlier requests counts. */
  readonly totalMs?: number
  /** The request is sent on the connection of this number, or not at all. */
  readonly onConnection?: number
}

const defaults: Readonly<Record<string, string>> = {
  accept: 'application/json',
  // What a device packs on the way could unpack to anything.
  'accept-encoding': 'identity',
  'user-agent': 'Ferrite',
}

/**
 * The head of a request as bytes.
 * @throws FailureError `bad-input` for a path or header that would say more than one thing
 */
export function headOf({ method, path, headers, body }: HttpsRequest, address: Address): Buffer {
  if (!/^\/[\x21-\x7e]*$/.test(path)) throw badInput('path', 'is not one that can be requested')
  const lines = new Map<string, string>([['host', hostOf(address)], ...Object.entries(defaults)])
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined) continue
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    if (!/^[A-Za-z0-9-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(text)) {
      throw badInput(name, 'cannot be sent in a header')
    }
    lines.set(name.toLowerCase(), text)
  }
  if (body || !['GET', 'HEAD'].includes(method)) lines.set('content-length', String(body?.lengthBytes ?? 0))
  const text = [...lines].map(([name, value]) => `${capitalised(name)}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${text.join('')}\r\n`, 'latin1')
}

function hostOf({ host, port }: Address): string {
  // The zone of a link-local address means something on this computer only.
  const name = host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host
  return port === 443 ? name : `${name}:${String(port)}`
}

/** Some embedded servers look for the usual spelling. */
function capitalised(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

function badInput(field: string, reason: string): FailureError {
  return new FailureError({ code: 'bad-input', field, reason })
}
