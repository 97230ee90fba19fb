import { z } from '../schema.ts'

/** The kinds of device Ferrite can talk to; each has one folder under `main/families`. */
export const familyIds = [
  'ctrlx-core',
  'deviceon-server',
  'endpoint-protector',
  'linux-host',
  'node-red',
] as const

/** Name of a family, as on the command line. */
export type FamilyId = (typeof familyIds)[number]

/** Accepts exactly the known families. */
export const familyIdSchema = z.enum(familyIds)
