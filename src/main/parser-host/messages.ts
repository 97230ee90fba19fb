import { z } from '../../shared/schema.ts'
import { failureSchema } from '../../shared/failure.ts'
import { readerFailure } from '../archives/reader-failures.ts'

/** What main sends. `nonce` is new for each process, `call` for each call. */
export type ToParser =
  | {
      readonly kind: 'call'
      readonly call: number
      readonly name: string
      readonly input: unknown
      /** How many batches may be on their way before one has to be acknowledged. */
      readonly window: number
    }
  /** The reader has taken so many batches. */
  | { readonly kind: 'taken'; readonly call: number; readonly batches: number }
  | { readonly kind: 'cancel'; readonly call: number }
  | { readonly kind: 'ping'; readonly ping: number }

const parserFailure = failureSchema.refine(({ code }) => readerFailure(code)?.fromParser === true)

const number = z.number().int().nonnegative()

/** What the parser process sends. It reads hostile bytes: nothing of this is believed before it fits. */
export const fromParserSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  /** `bytesRead`: from all files so far, as a sign of life. */
  z.strictObject({ kind: z.literal('pong'), ping: number, rssBytes: number, bytesRead: number }),
  z.strictObject({ kind: z.literal('progress'), call: number, bytesDone: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('batch'), call: number, batch: z.unknown() }),
  z.strictObject({ kind: z.literal('answer'), call: number, output: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), call: number, failure: parserFailure }),
  /** Something nobody foresaw; the text goes into the log. */
  z.strictObject({ kind: z.literal('error'), call: number, text: z.string().max(20_000) }),
])
export type FromParser = z.infer<typeof fromParserSchema>
