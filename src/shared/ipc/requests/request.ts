import type { z } from '../../schema.ts'

/** One request of the contract: the schema of what the window sends and of what it gets. */
export const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output })
