import { z } from '../../../shared/schema.ts'

/**
 * What the admin API of Node-RED answers, as far as it is used here (API reference of Node-RED 4, "Admin HTTP API",
 * and what 4.1 was seen to answer). Every schema passes over what it does not know and is strict on what it does.
 */
const word = z.string().max(1000)

/** `{}` where the instance is open; `type` is `credentials`, or `strategy` where another site does the login. */
export const loginSchema = z.looseObject({ type: word.optional() })

export const tokenSchema = z.looseObject({
  // A token goes into a header: printable ASCII without spaces, and not without end.
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
})

export const settingsSchema = z.looseObject({
  version: word.optional(),
  flowEncryptionType: word.optional(),
  user: z.looseObject({ permissions: z.union([word, z.array(word).max(1000)]).optional() }).optional(),
})
export type Settings = z.infer<typeof settingsSchema>

export const diagnosticsSchema = z.looseObject({
  nodejs: z.looseObject({ version: word.optional(), arch: word.optional() }).optional(),
  os: z.looseObject({ type: word.optional(), release: word.optional() }).optional(),
})
export type Diagnostics = z.infer<typeof diagnosticsSchema>

export const stateSchema = z.looseObject({ state: word })

/** One file of a module with the node types that it brings; `err` is there where it could not be loaded. */
const nodeSetSchema = z.looseObject({
  id: word,
  module: word,
  version: word.optional(),
  types: z.array(word).max(10_000),
  enabled: z.boolean(),
  err: z.unknown().optional(),
})
export type NodeSet = z.infer<typeof nodeSetSchema>
export const nodeSetsSchema = z.array(nodeSetSchema).max(20_000)

export const deployedSchema = z.looseObject({ rev: word })

export const problemSchema = z.looseObject({
  code: word.optional(),
  message: word.optional(),
  error: word.optional(),
  error_description: word.optional(),
})
