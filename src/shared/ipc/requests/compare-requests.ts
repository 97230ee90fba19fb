import { z } from '../../schema.ts'
import { comparisonSchema, entryComparisonSchema, meaningChangeSchema } from '../../model/comparison.ts'
import { deviceIdSchema } from '../../model/device.ts'
import { entryNameSchema, archivePlaceSchema } from '../../model/place.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { request } from './request.ts'

/** Two archives beside each other. */
export const compareRequests = {
  'compare.archives': request(
    z.strictObject({ before: archivePlaceSchema, after: archivePlaceSchema }),
    comparisonSchema,
  ),
  'compare.entry': request(
    z.strictObject({ before: archivePlaceSchema, after: archivePlaceSchema, entry: entryNameSchema }),
    entryComparisonSchema,
  ),
}

/** An archive and its device as it is now. */
export const liveCompareRequests = {
  /** Reads the device's own description of itself now, where its family has one; nothing on the device changes. */
  'compare.live': request(
    z.strictObject({ archiveId: archiveIdSchema, deviceId: deviceIdSchema }),
    z.object({ readAt: z.string(), changes: z.array(meaningChangeSchema).readonly() }).readonly(),
  ),
}
