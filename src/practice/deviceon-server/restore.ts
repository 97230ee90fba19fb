import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenedBackup } from './backup-archive.ts'
import type { Server } from './server.ts'

export interface RestoreRequest {
  readonly run: number
  /** Where the backup lies on the machine that runs the simulator. */
  readonly file: string
  readonly backup: OpenedBackup & { readonly kind: 'fits' }
  readonly extent: 'whole' | 'half'
  /** Called before each step; what it throws leaves the server as it is at that moment, services stopped. */
  readonly beforeStep: (index: number) => Promise<void>
}

/** The step before which half of the devices are there and the others are not. */
export const stepOfNoReturn = 3

/** Puts the configuration and the data of a backup in place of the server's own, in four steps. */
export async function restore(server: Server, request: RestoreRequest): Promise<void> {
  const { run, file, backup, extent, beforeStep } = request
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  server.witness.event('recovery-change-began', { run, sha256 })
  server.isRestoring = true
  server.change({ data: { kind: 'half' } })
  await beforeStep(0)
  await beforeStep(1)
  const folder = server.disk.known(server.edition.configFolder).real
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of backup.configuration) writeFileSync(join(folder, name), content)
  await beforeStep(2)
  const { devices, accounts } = backup.database
  server.change({ database: { accounts, devices: devices.slice(0, Math.floor(devices.length / 2)) } })
  await beforeStep(stepOfNoReturn)
  if (extent === 'whole') server.change({ database: backup.database, data: { kind: 'restored', sha256 } })
  server.isRestoring = false
  server.witness.event('recovery-change-ended', { run, extent })
}
