import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeDocument } from '../../../src/main/storage/document.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import type { Device } from '../../../src/shared/model/device.ts'
import type { ArchiveRecord } from '../../../src/shared/model/record.ts'
import { fleetContent } from './sample-fleet.ts'

/** Puts devices and archives where the app looks for them, without a thousand backups; gives the vault's folder. */
export async function furnish(
  home: string,
  devices: readonly Device[],
  records: readonly ArchiveRecord[],
): Promise<string> {
  const folder = join(home, 'vault')
  await mkdir(home, { recursive: true, mode: 0o700 })
  await writeFile(join(home, 'inventory.json'), encodeDocument({ format: 1, devices }), { mode: 0o600 })
  const vault = await Vault.open(folder, { createIfMissing: true })
  for (const record of records) {
    const archive = join(vault.folder, 'archives', record.id)
    await mkdir(archive, { mode: 0o700 })
    await writeFile(join(archive, record.fileName), fleetContent)
    await writeFile(join(archive, 'record.json'), encodeDocument(record))
  }
  return folder
}
