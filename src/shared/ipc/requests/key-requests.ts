import { keyHintSchema } from '../../model/annotations.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

/** Requests about the keys that open archives. A key comes in once and never goes out to the window again. */
export const keyRequests = {
  /** The archives whose keys can be used now. */
  'keys.kept': request(z.void(), z.array(archiveIdSchema).readonly()),
  /** `stored` is false where there is no safe keychain: then the key is kept until the app ends. */
  'keys.give': request(
    z.strictObject({ archiveId: archiveIdSchema, key: z.string().min(1).max(4000) }),
    z.object({ hint: keyHintSchema, stored: z.boolean() }).readonly(),
  ),
  /** Main puts the key on the clipboard and takes it off again after half a minute. */
  'keys.copy': request(z.strictObject({ archiveId: archiveIdSchema }), z.void()),
  'keys.forget': request(
    z.strictObject({ archiveId: archiveIdSchema, typedName: z.string().max(200) }),
    z.void(),
  ),
  /** The emergency sheet, as a file that the person names in main's dialog or to a printer; false where they closed it. */
  'keys.sheet': request(
    z.strictObject({ archiveId: archiveIdSchema, to: z.enum(['file', 'printer']) }),
    z.boolean(),
  ),
}
