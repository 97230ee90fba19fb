import { statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeReadable } from '../../src/main/storage/durable-file.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import { archiveRecordSchema, type ArchiveId } from '../../src/shared/model/record.ts'
import { deposit } from '../main/vault/support/samples.ts'

/**
 * Puts an archive of any size into a vault: `write` makes its file where it will lie, holes included, so that nothing
 * is copied. Its hash is not that of the file; nothing that is done here asks for it.
 */
export async function depositLarge(
  home: string,
  name: string,
  write: (file: string) => void,
): Promise<ArchiveId> {
  const vault = await Vault.open(join(home, 'vault'), { createIfMissing: true })
  const record = await deposit(vault, name, { device: { name, address: 'https://192.168.1.7' } })
  const file = await vault.contentPath(record.id)
  write(file)
  const sizeBytes = statSync(file).size
  await writeFile(
    join(home, 'vault', 'archives', record.id, 'record.json'),
    encodeReadable({ ...record, sizeBytes }, archiveRecordSchema),
  )
  return record.id
}
