import { writeFileSync } from 'node:fs'
import { FailureError } from '../../../../src/shared/failure.ts'
import { z } from '../../../../src/shared/schema.ts'
import { writeDurably } from '../../../../src/main/storage/durable-file.ts'

/** Writes a file once and says how that went. */
const [, , file = '', text = ''] = process.argv
try {
  await writeDurably(file, z.object({ format: z.literal(1), text: z.string() }), { format: 1, text })
  writeFileSync(1, 'written\n')
} catch (error) {
  writeFileSync(1, `${error instanceof FailureError ? JSON.stringify(error.failure) : String(error)}\n`)
}
