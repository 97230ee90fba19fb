import { FailureError } from '../../../../src/shared/failure.ts'
import { makePrivateFolder } from '../../../../src/main/storage/private-folder.ts'

/** Takes a folder back from others and says how that went. */
const [, , folder = ''] = process.argv
try {
  await makePrivateFolder(folder)
  process.stdout.write('private\n')
} catch (error) {
  process.stdout.write(`${error instanceof FailureError ? error.failure.code : String(error)}\n`)
}
