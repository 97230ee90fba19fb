import { z } from '../../../../src/shared/schema.ts'
import { AppendLog } from '../../../../src/main/storage/append-log.ts'
import { checkedLines } from '../../../../src/main/storage/log-format.ts'

/** Appends numbered records to a shared log. */
const [, , file = '', label = '', count = '0'] = process.argv
const log = new AppendLog(file, checkedLines(z.object({ label: z.string(), total: z.number() })))

for (let n = 0; n < Number(count); n += 1) {
  await log.appendAfter((last) => ({ label: `${label}-${n}`, total: (last?.total ?? 0) + 1 }))
}
