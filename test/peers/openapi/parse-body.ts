import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'

/** A request's body as the validator wants it. */
export interface ParsedBody {
  readonly type: string
  readonly value: unknown
}

/** Undefined for an empty body. Files of a form become texts, true and false become what they say. */
export async function parseBody(
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<ParsedBody | undefined> {
  if (body.length === 0) return undefined
  const type = (headers['content-type'] ?? '').split(';')[0] ?? ''
  if (type === 'application/json') return { type, value: parseJson(body) }
  if (type === 'multipart/form-data') return { type, value: await parseForm(headers, body) }
  return { type, value: undefined }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    // The validator reports a body that is no JSON when it is handed over as text.
    return body.toString('utf8')
  }
}

async function parseForm(headers: Readonly<Record<string, string>>, body: Buffer): Promise<unknown> {
  const form: Record<string, unknown> = {}
  const parser = busboy({ headers: { ...headers } })
  parser.on('field', (name, value) => {
    form[name] = value === 'true' || value === 'false' ? value === 'true' : value
  })
  parser.on('file', (name, content) => {
    form[name] = 'file'
    content.resume()
  })
  await pipeline(Readable.from([body]), parser)
  return form
}
