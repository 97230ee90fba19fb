import { z } from '../../schema.ts'
import { comparisonSchema, entryComparisonSchema, liveComparisonSchema } from '../../model/comparison.ts'
import { deviceIdSchema } from '../../model/device.ts'
import { entryNameSchema, archivePlaceSchema } from '../../model/place.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { request } from './request.ts'

/** Two archives beside each other, or an archive and its device as it is now. */
export const compareRequests = {
  'compare.archives': request(
    z.strictObject({ before: archivePlaceSchema, after: archivePlaceSchema }),
    comparisonSchema,
  ),
  'compare.entry': request(
    z.strictObject({ before: archivePlaceSchema, after: archivePlaceSchema, entry: entryNameSchema }),
    entryComparisonSchema,
  ),
  /** Reads the device's own description of itself now, where its family has one; nothing on the device changes. */
  'compare.live': request(
    z.strictObject({ archiveId: archiveIdSchema, deviceId: deviceIdSchema }),
    liveComparisonSchema,
  ),
}
