import { z } from '../schema.ts'
import { languages } from '../text/language.ts'

/** What a person may choose about the app. Every field has a default, so an older file stays readable. */
export const settingsSchema = z
  .object({
    format: z.literal(1).default(1),
    language: z.enum(languages).default('en'),
    theme: z.enum(['system', 'light', 'dark']).default('system'),
  })
  .readonly()
export type Settings = z.infer<typeof settingsSchema>
