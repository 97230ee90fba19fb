import { withLock } from '../../../../src/main/storage/lock.ts'

/** Takes the lock of a file, says so, and keeps it until killed. */
const [, , file = ''] = process.argv
await withLock(file, async () => {
  process.stdout.write('held\n')
  await new Promise((resolve) => setTimeout(resolve, 3_600_000))
})
