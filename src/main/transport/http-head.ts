import type { IncomingHttpHeaders } from 'node:http'

/** The head of an answer. Header names are in lower case; values are text of the device. */
export interface ResponseHead {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** False where the device will close the connection after this answer. */
  readonly keepsOpen: boolean
}

/** What HTTP does not allow, or Ferrite does not: `message` says what, for a person. */
export class HttpViolation extends Error {
  override readonly name = 'HttpViolation'
}

export const headBytes = 64 * 1024
const headerLines = 200

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n\0]*)?$/
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/
/** Headers of which a second one would mean that two readers of this answer see different things. */
const single = ['content-length', 'transfer-encoding', 'content-type', 'content-encoding', 'location']

/**
 * Reads the head of an answer (RFC 9112), strictly: what two programs could understand differently is refused.
 * @throws HttpViolation
 */
export function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n')
  const [, minor, status] = statusLine.exec(first) ?? []
  if (status === undefined) throw new HttpViolation(`not HTTP: ${first.slice(0, 80)}`)
  if (lines.length > headerLines) throw new HttpViolation(`${String(lines.length)} header lines`)
  const headers = Object.create(null) as Record<string, string>
  for (const line of lines) {
    const [, rawName = '', value = ''] = headerLine.exec(line) ?? []

    if (rawName === '' || /[\0-\x08\x0a-\x1f\x7f]/.test(value)) {
      throw new HttpViolation(`not a header: ${line.slice(0, 80)}`)
    }
    const name = rawName.toLowerCase()
    const former = headers[name]
    if (former !== undefined && single.includes(name)) throw new HttpViolation(`two headers ${name}`)
    headers[name] = former === undefined ? value : `${former}, ${value}`
  }
  const connection = (headers['connection'] ?? '').toLowerCase()
  const keepsOpen = minor === '1' && !connection.split(/\s*,\s*/).includes('close')
  return { status: Number(status), headers, keepsOpen }
}

/** How the end of a body is known. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }

/**
 * Says how the body of an answer is framed (RFC 9112, section 6.3).
 * @throws HttpViolation where the head says it in two ways
 */
export function framingOf(method: string, { status, headers }: ResponseHead): Framing {
  const length = headers['content-length']
  const encoding = headers['transfer-encoding']
  if (length !== undefined && encoding !== undefined) throw new HttpViolation('a length and an encoding')
  if (length !== undefined && !/^\d{1,15}$/.test(length)) {
    throw new HttpViolation(`length ${length.slice(0, 40)}`)
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') {
    throw new HttpViolation(`encoding ${encoding.slice(0, 40)}`)
  }
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'length', bytes: 0 }
  if (encoding !== undefined) return { kind: 'chunked' }
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) }
}
