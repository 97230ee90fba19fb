import { FailureError } from '../../shared/failure.ts'
import type { z } from '../../shared/schema.ts'
import { sha256Of } from './digest.ts'

/** How a small JSON file is read. */
export interface DocumentFormat<T> {
  readonly schema: z.ZodType<T>
  /** The highest `format` number this program knows. */
  readonly knownFormat: number
  /** `required`: a file without its check line is damaged. `optional`: a person may have edited it and left it out. */
  readonly check: 'required' | 'optional'
}

/**
 * The text of a JSON file that carries its own check: one more last line, `"check"`, with the SHA-256 of all bytes
 * before that line. So a flipped bit is found even where the result would still be well-formed, and a person can
 * compare by hand: `head -n -2 FILE | sha256sum`. This line stays the same in every later format.
 */
export function encodeDocument(value: object): string {
  const text = JSON.stringify(value, undefined, 2)
  const body = `${text.slice(0, -'\n}'.length)},\n`
  return `${body}  "check": "${sha256Of(body)}"\n}\n`
}

/**
 * Reads what `encodeDocument` wrote. `file` is only named in failures.
 * @throws FailureError `storage-damaged`, `storage-newer`; never anything half-read
 */
export function decodeDocument<T>(bytes: Uint8Array, format: DocumentFormat<T>, file: string): T {
  const damaged = (reason: string, cause?: unknown) =>
    new FailureError({ code: 'storage-damaged', file, reason }, { cause })
  const value = parse(bytes, damaged)
  const check = checkOf(bytes)
  if (check === 'wrong') throw damaged('does not match its check line')
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged('is not a JSON object')
  const { check: _, ...content } = value as Record<string, unknown>
  const { format: written } = content
  const { knownFormat } = format
  if (typeof written === 'number' && written > knownFormat) {
    throw new FailureError({ code: 'storage-newer', file, format: written, known: knownFormat })
  }
  if (check === 'missing' && format.check === 'required') throw damaged('has no check line')
  const parsed = format.schema.safeParse(content)
  if (!parsed.success) throw damaged(firstIssue(parsed.error))
  return parsed.data
}

/** Where the first mistake is and of what kind it is; never the value, which may be a secret. */
export function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.map(String).join('.')}: ${issue.code}` : 'not as expected'
}

function parse(bytes: Uint8Array, damaged: (reason: string, cause?: unknown) => FailureError): unknown {
  if (bytes.length === 0) throw damaged('is empty')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    // The parser's own message quotes the content, which may be a secret; it stays in the cause.
    throw damaged('is not JSON in UTF-8', cause)
  }
}

function checkOf(bytes: Uint8Array): 'right' | 'wrong' | 'missing' {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = tail.lastIndexOf('\n  "check": "') + 1
  const line = /^ {2}"check": "([0-9a-f]{64})"\n\}\n$/.exec(tail.toString('latin1', start))
  if (start === 0) return 'missing'
  return line?.[1] === sha256Of(tail.subarray(0, start)) ? 'right' : 'wrong'
}
