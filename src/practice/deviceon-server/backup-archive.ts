import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
import { fillerBytes } from '../filler.ts'
import { openZip } from '../zip-file.ts'
import type { Database } from './database.ts'
import { dump, readDump } from './database.ts'
import { keyFor, seal, unseal } from './sealing.ts'
import type { Server } from './server.ts'

/** What the recovery tool finds out about a file before it changes anything. */
export type OpenedBackup =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'other-version'; readonly version: string }
  | { readonly kind: 'other-tpm' }
  | {
      readonly kind: 'fits'
      readonly database: Database
      /** By the name of the file in the folder of the configuration. */
      readonly configuration: ReadonlyMap<string, Buffer>
    }

/** What only the recovery tool reads. */
interface Seal {
  readonly version: string
  readonly isBoundToTpm: boolean
}

const sealName = 'system.bin'
const dumpName = 'postgresql/deviceon.sql'
const configFolder = 'config/'
/** The same in every server: it keeps clients out of the seal, nothing else. */
const productKey = keyFor('the product')

/**
 * Writes what the server holds now as a backup of the vendor's kind: the relational database and the configuration,
 * without sensor data. Where the server uses its TPM the content of every file in it is encrypted with that.
 */
export async function writeBackup(server: Server, path: string, at: Date): Promise<void> {
  const { state, tpmKey, options } = server
  const protect = (content: Buffer): Buffer => (tpmKey === undefined ? content : seal(tpmKey, content))
  const zip = new ZipArchive({ zlib: { level: 1 } })
  const written = pipeline(zip, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  const add = (name: string, content: Buffer): void => {
    zip.append(content, { name, date: at })
  }
  add(dumpName, protect(Buffer.from(dump(state.database))))
  const configuration = server.disk.known(server.edition.configFolder)
  for (const name of server.disk.names(configuration)) {
    add(`${configFolder}${name}`, protect(readFileSync(join(configuration.real, name))))
  }
  if (options.payloadBytes) {
    add('postgresql/history.dump', protect(fillerBytes(options.name, options.payloadBytes)))
  }
  const marks: Seal = { version: state.version, isBoundToTpm: tpmKey !== undefined }
  add(sealName, seal(productKey, Buffer.from(JSON.stringify(marks))))
  await zip.finalize()
  await written
}

/** Reads the whole of a backup; what does not fit this server is told apart in the order in which a tool can see it. */
export async function openBackup(server: Server, path: string): Promise<OpenedBackup> {
  const files = await unzip(server, path)
  if (files === undefined) return { kind: 'damaged' }
  const marks = unseal(productKey, files.get(sealName) ?? Buffer.alloc(0))
  const sealed = files.get(dumpName)
  if (marks === undefined || sealed === undefined) return { kind: 'damaged' }
  // Nobody but `writeBackup` has the key.
  const { version, isBoundToTpm } = JSON.parse(marks.toString()) as Seal
  if (version !== server.state.version) return { kind: 'other-version', version }
  const { tpmKey } = server
  const open = (content: Buffer): Buffer | undefined => {
    if (!isBoundToTpm) return content
    return tpmKey === undefined ? undefined : unseal(tpmKey, content)
  }
  const database = open(sealed)
  if (database === undefined) return { kind: 'other-tpm' }
  const configuration = new Map<string, Buffer>()
  for (const [name, content] of files) {
    if (!name.startsWith(configFolder)) continue
    const opened = open(content)
    if (opened === undefined) return { kind: 'damaged' }
    configuration.set(name.slice(configFolder.length), opened)
  }
  return { kind: 'fits', database: readDump(database.toString()), configuration }
}

/** Every file of a zip by name, or `undefined` when it is none or any part of it is damaged. */
async function unzip(server: Server, path: string): Promise<ReadonlyMap<string, Buffer> | undefined> {
  const folder = mkdtempSync(join(server.workFolder, 'unzip-'))
  try {
    const zip = await openZip(path)
    const files = new Map<string, Buffer>()
    for (const [index, entry] of zip.entries.entries()) {
      const file = join(folder, String(index))
      await zip.extractTo(entry, file)
      files.set(entry.name, await readFile(file))
    }
    return files
  } catch {
    // Whatever the reader stumbled over, the tool has one sentence for it.
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
