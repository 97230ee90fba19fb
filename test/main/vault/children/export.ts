import { writeSync } from 'node:fs'
import { FailureError } from '../../../../src/shared/failure.ts'
import { Vault } from '../../../../src/main/vault/vault.ts'

/** Exports the one archive of a vault that begins with `prefix` and says how that went. */
const [, , folder = '', prefix = '', file = ''] = process.argv
try {
  const vault = await Vault.open(folder)
  await vault.exportTo((await vault.find(prefix)).id, file, { signal: new AbortController().signal })
  writeSync(1, 'exported\n')
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  writeSync(1, `${error.failure.code}\n`)
}
