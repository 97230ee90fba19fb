import type { z } from '../../../shared/schema.ts'
import { mediaSchema, packagesSchema, systemInfoSchema, typePlateSchema } from './answers.ts'
import type { CtrlxClient } from './client.ts'

export type SystemInfo = z.infer<typeof systemInfoSchema>
export type TypePlate = z.infer<typeof typePlateSchema>
export type Package = z.infer<typeof packagesSchema>[number]
export type Medium = z.infer<typeof mediaSchema>[number]

/** What each of these gives is `undefined` where the device lacks the call or keeps it from this login. */
export async function readSystemInfo(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<SystemInfo | undefined> {
  return await client.readIfThere('/system/api/v1/info', systemInfoSchema, signal)
}

/** The type plate; two shapes, one for devices of the vendor's hardware, one for all others. */
export async function readTypePlate(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<TypePlate | undefined> {
  return await client.readIfThere('/system/api/v1/typeplate', typePlateSchema, signal)
}

/** What is installed. */
export async function readPackages(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<readonly Package[] | undefined> {
  return await client.readIfThere('/package-manager/api/v1/packages', packagesSchema, signal)
}

/** The device's own and connected storage. */
export async function readMedia(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<readonly Medium[] | undefined> {
  return await client.readIfThere('/storage/api/v1/media', mediaSchema, signal)
}
