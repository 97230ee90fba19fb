import { writeSync } from 'node:fs'
import { FailureError } from '../../../../src/shared/failure.ts'
import { Vault } from '../../../../src/main/vault/vault.ts'
import { refusal, staging, stream } from '../support/samples.ts'

/**
 * Opens a vault and keeps a refused file of each given size in it. Says `kept <id> <sha256>` the moment each is
 * acknowledged, or the failure.
 */
const [, , folder = '', ...sizes] = process.argv
const { signal } = new AbortController()

try {
  const vault = await Vault.open(folder, { createIfMissing: true })
  await vault.sweep()
  for (const [index, size] of sizes.entries()) {
    const content = Buffer.alloc(Number(size), `${index} `)
    const staged = await vault.stage(staging(stream(content, 65_536), { announcedBytes: content.length }))
    const { id, sha256 } = await vault.refusals.keep(staged, refusal(), { signal })
    writeSync(1, `kept ${id} ${sha256}\n`)
  }
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  writeSync(1, `failure ${JSON.stringify(error.failure)}\n`)
}
