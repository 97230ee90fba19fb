import { z } from '../../../shared/schema.ts'

/**
 * What the device answers, as far as it is used here. Every schema passes over what it does not know and is
 * strict on what it does: a wrong type is an unexpected answer, never a guess. Names and ranges are those of
 * the vendor's interface descriptions; texts are untrusted and cut to a length that can be shown.
 */
const shown = z.string().transform((text) => text.slice(0, 2000))
const word = z.string().max(1000)

/** Ids of tasks and history entries become parts of paths, so nothing else is let through. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

export const tokenSchema = z.looseObject({
  // A token goes into a header: printable ASCII without spaces, and not without end.
  access_token: z.string().regex(/^[\x21-\x7e]{1,65536}$/),
})

export const problemSchema = z.looseObject({
  title: shown.optional(),
  detail: shown.optional(),
  dynamicDescription: shown.optional(),
  mainDiagnosisCode: word.optional(),
  detailedDiagnosisCode: word.optional(),
  moreInfo: z.looseObject({ requiredPermissions: shown.optional() }).optional().catch(undefined),
  /** The first generation of the login answers with `message` instead of a Problem. */
  message: shown.optional(),
})
export type Problem = z.infer<typeof problemSchema>

const protocolEntrySchema = z
  .looseObject({ severity: word.optional(), time: word.optional(), message: shown.optional() })
  .transform(({ severity, time, message }) => ({
    severity: severity ?? 'INFO',
    text: message ?? '',
    ...(time !== undefined && { time }),
  }))
const protocolSchema = z.array(protocolEntrySchema).max(50_000)

/** A real device leaves `state` null at 100 % for a while; callers without full access get less. */
const stateSchema = z.enum(['pending', 'running', 'done', 'failed']).nullish()
const progressSchema = z.number().min(0).max(100).nullish()

export const setupTaskSchema = z.looseObject({
  id: z.string().max(200).nullish(),
  state: stateSchema,
  progress: progressSchema,
  action: shown.nullish(),
  error: shown.nullish(),
  fileName: z.string().max(400).nullish(),
  protocol: protocolSchema.nullish(),
})
export type SetupTask = z.infer<typeof setupTaskSchema>
export const setupTasksSchema = z.array(setupTaskSchema).max(10_000)

export const setupsSchema = z.looseObject({
  setups: z
    .array(z.looseObject({ fileName: z.string().max(400), size: z.number().nonnegative().nullish() }))
    .max(10_000),
})

/** Which parts the login may read; a part that is `none` or absent may not. */
export const createOptionsSchema = z.record(z.string(), z.unknown())

export const historyEntrySchema = z.looseObject({
  id: z.string().max(200),
  timestamp: word,
  fileName: z.string().max(400),
  errorCount: z.number().int().nonnegative(),
  warningCount: z.number().int().nonnegative(),
  log: protocolSchema.nullish(),
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>
export const historySchema = z.looseObject({ historyEntries: z.array(historyEntrySchema).max(100_000) })

export const legacyTaskSchema = z.looseObject({
  id: z.string().max(200).nullish(),
  state: stateSchema,
  progress: progressSchema,
  actionIndex: z.number().int().nonnegative().nullish(),
  actions: z.array(shown).max(10_000).nullish(),
  warnings: z.array(shown).max(10_000).nullish(),
  error: shown.nullish(),
  parameters: z.looseObject({ process: word.nullish() }).nullish(),
})
export type LegacyTask = z.infer<typeof legacyTaskSchema>
export const legacyTasksSchema = z.array(legacyTaskSchema).max(10_000)

export const systemInfoSchema = z.looseObject({
  hostname: word.optional(),
  operatingSystem: word.optional(),
  osVersion: word.optional(),
  architecture: word.optional(),
  virtualized: z.boolean().optional(),
  uptime: z.number().nonnegative().optional(),
  ctrlxOsVersion: word.optional(),
})

export const typePlateSchema = z.looseObject({
  serialNumber: word.optional(),
  storeModelId: word.optional(),
  storeSerialId: word.optional(),
  typeCode: word.optional(),
  hardwareRevision: word.optional(),
  productName: word.optional(),
})

export const packagesSchema = z
  .array(
    z.looseObject({
      name: z.string().min(1).max(200),
      title: word.optional(),
      appType: word.optional(),
      updateBehavior: word.optional(),
      installed: z.boolean().optional(),
      required: z.boolean().optional(),
      enabled: z.boolean().optional(),
      release: z.looseObject({ version: word }).optional(),
    }),
  )
  .max(5000)

/** A task of the package manager; its result is a Problem where it failed. */
export const packageTaskSchema = z.looseObject({
  id: z.string().max(200).nullish(),
  state: stateSchema,
  progress: progressSchema,
  action: shown.nullish(),
  result: problemSchema.nullish().catch(undefined),
})

export const mediaSchema = z
  .array(
    z.looseObject({
      uuid: z.string().max(200),
      label: word.optional(),
      internal: z.boolean().optional(),
      mounted: z.boolean(),
      size: z.number().nonnegative().optional(),
      filesystemSize: z.number().nonnegative().optional(),
      used: z.number().nonnegative().optional(),
    }),
  )
  .max(1000)

/** The states that a device names for itself; a value outside is shown, never set. */
export const stateNodeSchema = z.looseObject({ value: z.looseObject({ state: word }) })
export const switchingNodeSchema = z.looseObject({ value: z.boolean() })
