import { z } from '../../../../src/shared/schema.ts'
import { updateDurably } from '../../../../src/main/storage/durable-file.ts'

/** Adds `count` entries to a shared file, one update each. */
const [, , file = '', label = '', count = '0'] = process.argv
const schema = z.object({ format: z.literal(1), entries: z.array(z.string()) })
const initial: z.infer<typeof schema> = { format: 1, entries: [] }

for (let n = 0; n < Number(count); n += 1) {
  await updateDurably(file, schema, {
    knownFormat: 1,
    initial,
    change: ({ entries }) => ({ format: 1, entries: [...entries, `${label}-${n}`] }),
  })
}
