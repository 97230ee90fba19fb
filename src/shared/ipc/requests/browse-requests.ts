import { z } from '../../schema.ts'
import { previewSchema, treeRowSchema } from '../../model/entry.ts'
import { jobIdSchema } from '../../model/job.ts'
import { entryNameSchema, archivePlaceSchema } from '../../model/place.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { openedArchiveSchema } from '../views.ts'
import { request } from './request.ts'

/** As many rows of a folder as are given at once. */
export const rowsAtOnce = 500
/** As many bytes of a file as are given at once. */
export const bytesAtOnce = 128 * 1024

const count = z.number().int().nonnegative()
const entries = z.array(entryNameSchema).min(1).max(10_000).readonly()

/** What the window asks about the inside of an archive, whether it is stored or lies in a stored one. */
export const browseRequests = {
  /** The password is for this archive while it is open, and is never kept. */
  'browse.open': request(
    z.strictObject({ place: archivePlaceSchema, password: z.string().min(1).max(2000).optional() }),
    openedArchiveSchema,
  ),
  /** Stops the opening of an archive, which then fails with `cancelled`; false where nothing is being opened. */
  'browse.stop': request(z.strictObject({ place: archivePlaceSchema }), z.boolean()),
  /** Rows of one folder, folders first, then by name; `total` is how many it has. The empty folder is the top. */
  'browse.folder': request(
    z.strictObject({
      place: archivePlaceSchema,
      folder: entryNameSchema,
      from: count,
      count: z.number().int().min(1).max(rowsAtOnce),
    }),
    z.object({ total: count, rows: z.array(treeRowSchema).readonly() }).readonly(),
  ),
  /** Files whose path holds the text, whatever the case: the first of them, and how many there are. */
  'browse.find': request(
    z.strictObject({ place: archivePlaceSchema, text: z.string().min(1).max(500) }),
    z.object({ total: count, rows: z.array(treeRowSchema).readonly() }).readonly(),
  ),
  /** Secrets are covered unless `reveal` asks for them. */
  'browse.preview': request(
    z.strictObject({ place: archivePlaceSchema, entry: entryNameSchema, reveal: z.boolean() }),
    previewSchema,
  ),
  'browse.bytes': request(
    z.strictObject({
      place: archivePlaceSchema,
      entry: entryNameSchema,
      offset: count,
      length: z.number().int().min(1).max(bytesAtOnce),
    }),
    z.object({ bytesBase64: z.string() }).readonly(),
  ),
  /**
   * Opens a folder dialog, asks where something needs asking, and starts the job; `undefined` where the person closed
   * one of them.
   */
  'browse.extract': request(
    z.strictObject({ place: archivePlaceSchema, entries: entries.optional() }),
    jobIdSchema.optional(),
  ),
}

/** Files that main has made ready to be dragged out of the window. */
export type DragId = string & { readonly __brand: 'DragId' }
export const dragIdSchema = z
  .string()
  .regex(/^drag-[a-z0-9]{12}$/)
  .transform((id) => id as DragId)

/** Taking things out by dragging them: what is dragged are copies in a private folder. */
export const dragRequests = {
  'browse.drag': request(z.strictObject({ place: archivePlaceSchema, entries }), dragIdSchema),
  'archives.drag': request(z.strictObject({ archiveId: archiveIdSchema }), dragIdSchema),
  /** Hands the files to the system's own drag; only while the button of the mouse is still held. */
  'drag.begin': request(z.strictObject({ id: dragIdSchema }), z.void()),
}
