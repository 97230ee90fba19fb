import { writeSync } from 'node:fs'
import { FailureError } from '../../../../src/shared/failure.ts'
import { Vault } from '../../../../src/main/vault/vault.ts'
import { draft, staging, stream } from '../support/samples.ts'

/**
 * Opens a vault and puts archives of the given sizes into it. Says `ack <id> <sha256>` the moment each is acknowledged,
 * or the failure. With `wait` for a size it stages bytes without end.
 */
const [, , folder = '', ...sizes] = process.argv

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield Buffer.alloc(100_000, 'e')
  }
}

try {
  const vault = await Vault.open(folder, { createIfMissing: true })
  await vault.sweep()
  for (const [index, size] of sizes.entries()) {
    if (size === 'wait') {
      await vault.stage(staging(endless(), { onBytes: (bytes) => void writeSync(1, `staged ${bytes}\n`) }))
    }
    const content = Buffer.alloc(Number(size), `${index} `)
    const staged = await vault.stage(staging(stream(content, 65_536), { announcedBytes: content.length }))
    const { id, sha256 } = await vault.commit(staged, draft())
    writeSync(1, `ack ${id} ${sha256}\n`)
  }
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  writeSync(1, `failure ${JSON.stringify(error.failure)}\n`)
}
