import type { Json } from './test-client.ts'
import { Open } from 'unzipper'

/** The files of a zip by name, read with the library that the simulator does not use. */
export async function openArchive(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const { files } = await Open.buffer(bytes)
  const entries = await Promise.all(files.map(async (file) => [file.path, await file.buffer()] as const))
  return new Map(entries)
}

/** The JSON part of a setup. */
export async function readSetup(bytes: Buffer): Promise<Json> {
  const archive = await openArchive(bytes)
  return JSON.parse(archive.get('ctrlx-setup.json')!.toString('utf8'))
}
