import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Appliance } from './appliance.ts'
import { makeOlderBackup, pathOf, readBackup } from './backups.ts'

/** How a file arrives in the folder of the external storage. */
export interface PushOptions {
  /** A System Backup v2, the default, or an `.eppb` made for the purpose. */
  readonly kind?: 'v2' | 'eppb'
  /** Which System Backup v2; the latest finished one unless told otherwise. */
  readonly id?: string
  /** Lets the file grow: so many pieces, so many milliseconds apart. It is written at once otherwise. */
  readonly growing?: { readonly pieces: number; readonly everyMs: number }
}

/** A file on its way into the folder. It is there, with its first piece, as soon as this exists. */
export interface PushedFile {
  readonly path: string
  readonly sizeBytes: number
  /** `torn` when the power went before the last piece. */
  readonly finished: Promise<'whole' | 'torn'>
}

/** Writes a backup into `folder`, under its final name from the first byte on. Throws when there is no backup. */
export function pushBackup(appliance: Appliance, folder: string, options: PushOptions = {}): PushedFile {
  const { kind = 'v2', id, growing = { pieces: 1, everyMs: 0 } } = options
  const { fileName, bytes } = kind === 'v2' ? readBackup(appliance, id) : olderBackup(appliance)
  const path = join(folder, fileName)
  const pieceBytes = Math.ceil(bytes.length / growing.pieces)
  writeFileSync(path, bytes.subarray(0, pieceBytes), { flag: 'wx' })
  appliance.witness.event('push-begun', { fileName, sizeBytes: bytes.length })
  let end: 'whole' | 'torn' = 'torn'
  const finished = appliance
    .run(async () => {
      for (let at = pieceBytes; at < bytes.length; at += pieceBytes) {
        await wait(growing.everyMs, undefined, { signal: appliance.power })
        appendFileSync(path, bytes.subarray(at, at + pieceBytes))
      }
      end = 'whole'
      appliance.witness.event('push-ended', { fileName })
    })
    .then(() => end)
  return { path, sizeBytes: bytes.length, finished }
}

function olderBackup(appliance: Appliance): { readonly fileName: string; readonly bytes: Buffer } {
  const row = makeOlderBackup(appliance, { database: true, application: true })
  return { fileName: row.fileName, bytes: readFileSync(pathOf(appliance, row)) }
}
