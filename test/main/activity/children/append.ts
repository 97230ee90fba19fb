import { ActivityLog } from '../../../../src/main/activity/log.ts'

/** Writes entries to a history that others write to at the same time. */
const [, , folder = '', subject = '', count = '0'] = process.argv
const log = new ActivityLog(folder)
for (let n = 0; n < Number(count); n += 1)
  await log.append({ action: 'backup-made', subject, facts: { n: String(n) } })
