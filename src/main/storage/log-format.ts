import { FailureError } from '../../shared/failure.ts'
import { z } from '../../shared/schema.ts'
import { sha256Of } from './digest.ts'
import { firstIssue } from './document.ts'

/** A line that a crash tore apart: its length and hash without the newline. */
export interface Torn {
  readonly sizeBytes: number
  readonly sha256: string
}

/** How the records of a log become lines. A line is text without a newline. */
export interface LogFormat<T> {
  /** @throws FailureError `bad-input` where the record could not be read back */
  readonly encode: (record: T) => string
  /** `undefined` where the line is no such record, or not as it was written. */
  readonly decode: (line: string) => T | undefined
  /** The line that closes a torn one, and the record that later ones follow. */
  readonly close: (torn: Torn, last: T | undefined) => { readonly line: string; readonly last: T | undefined }
  /** Which torn line a line closes; `undefined` for all that close none. */
  readonly closes: (line: string) => Torn | undefined
}

export const tornSchema = z
  .object({ sizeBytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
  .readonly()

const checkDigits = 16
const checkEnd = /,"check":"([0-9a-f]{16})"\}$/
const closingSchema = z.object({ recovered: tornSchema })

/**
 * Records as JSON, each with a last field `check`: the first 16 digits of the SHA-256 of the line before that field,
 * so that a flipped bit is found. A torn line is closed by `{"recovered":{"sizeBytes":…,"sha256":…},"check":…}`.
 */
export function checkedLines<T extends object>(schema: z.ZodType<T>): LogFormat<T> {
  return {
    encode: (record) => {
      const parsed = schema.safeParse(JSON.parse(JSON.stringify(record)))
      if (parsed.success) return withCheck(record)
      throw new FailureError({ code: 'bad-input', field: 'record', reason: firstIssue(parsed.error) })
    },
    decode: (line) => schema.safeParse(checkedValue(line)).data,
    close: (recovered, last) => ({ line: withCheck({ recovered }), last }),
    closes: (line) => closingSchema.safeParse(checkedValue(line)).data?.recovered,
  }
}

function withCheck(record: object): string {
  const body = JSON.stringify(record).slice(0, -1)
  return `${body},"check":"${sha256Of(body).slice(0, checkDigits)}"}`
}

function checkedValue(line: string): unknown {
  const found = checkEnd.exec(line)
  if (!found) return undefined
  const body = line.slice(0, found.index)
  return found[1] === sha256Of(body).slice(0, checkDigits) ? parseOrNothing(`${body}}`) : undefined
}

/** JSON or `undefined`: in a log, what is no JSON is a damaged line, and its reader says so. */
export function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
