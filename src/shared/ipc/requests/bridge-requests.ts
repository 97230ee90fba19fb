import { appJobPlanSchema, bridgePlanSchema } from '../../model/bridge.ts'
import { deviceIdSchema } from '../../model/device.ts'
import { jobIdSchema } from '../../model/job.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

const pair = z.strictObject({ archiveId: archiveIdSchema, deviceId: deviceIdSchema })
const { id: planId, options } = appJobPlanSchema.unwrap().shape
const { safetyBackup } = options.unwrap().shape

/** Requests about making a blocked pair fit. */
export const bridgeRequests = {
  /** Offline, from the last known identity; `undefined` where there is nothing to settle, or no way to. */
  'bridge.plan': request(pair, bridgePlanSchema.optional()),
  /**
   * Opens a file dialog, reads the device and holds the chosen files against what it needs; `undefined` where the person
   * closed the dialog. Changes nothing on the device.
   */
  'bridge.files': request(pair, appJobPlanSchema.optional()),
  /** Shows main's own confirmation; the token is for this plan with this choice, single use and short-lived. */
  'bridge.confirm': request(
    z.strictObject({ planId, typedName: z.string().max(200), safetyBackup }),
    z.object({ token: z.string() }).readonly(),
  ),
  /** `password` protects the secrets in the safety backup, which without one does not hold them. */
  'bridge.start': request(
    z.strictObject({
      planId,
      token: z.string().max(200),
      password: z.string().min(1).max(2000).optional(),
    }),
    jobIdSchema,
  ),
}
