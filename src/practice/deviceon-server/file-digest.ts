import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { CommandEffect } from './faults.ts'
import type { Server } from './server.ts'

/** The SHA-256 that the server prints for a file, in lower-case hex, or `undefined` where there is no file. */
export function fileDigest(
  server: Server,
  path: string,
  effect: CommandEffect | undefined,
): string | undefined {
  const place = server.disk.place(path, server.edition.homeFolder(server.options.credentials.user))
  if (place === undefined || !statSync(place.real, { throwIfNoEntry: false })?.isFile()) return undefined
  const digest = createHash('sha256').update(readFileSync(place.real)).digest('hex')
  return effect?.effect === 'wrong-sha256' ? createHash('sha256').update(digest).digest('hex') : digest
}
