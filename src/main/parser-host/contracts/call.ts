import { z } from '../../../shared/schema.ts'

/** One kind of call. `input` stands for a type only: what main sends is not hostile. */
export interface Call<Input, Output extends z.ZodType, Batch extends z.ZodType> {
  readonly input: Input
  readonly output: Output
  readonly batch: Batch
}

/** A call with its input type: `call<{ archive: ArchiveHandle }>()(outputSchema, batchSchema)`. */
export function call<Input>() {
  return <Output extends z.ZodType, Batch extends z.ZodType = z.ZodNever>(
    output: Output,
    batch?: Batch,
  ): Call<Input, Output, Batch> => ({
    // Never read; it carries the type.
    input: undefined as Input,
    output,
    // Without a schema nothing may come on the way.
    batch: batch ?? (z.never() as unknown as Batch),
  })
}

/** An archive that is open in the parser process. */
export type ArchiveHandle = number & { readonly __brand: 'ArchiveHandle' }
export const archiveHandleSchema = z
  .number()
  .int()
  .positive()
  .transform((handle) => handle as ArchiveHandle)

/** Bytes as they cross between processes. */
export const bytesSchema = z.instanceof(Uint8Array<ArrayBufferLike>)
