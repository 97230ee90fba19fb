import {
  closeSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { isRecord, parseJson } from '../route.ts'
import { openZip } from '../../zip-file.ts'

/** An uploaded setup, unpacked: its JSON and the files beside it, found without regard to upper and lower case. */
export interface SetupSource {
  readonly document: Readonly<Record<string, unknown>>
  /** The file on disk that a `$path` of the JSON points to. */
  readonly file: (path: string) => string | undefined
  /** The files below a `$path` that names a folder, by their path in that folder. */
  readonly folder: (path: string) => ReadonlyMap<string, string>
}

const documentNames = ['ctrlx-setup.json', 'ctrlx-backup.json']

/**
 * Unpacks an uploaded file into `folder`. Rejects with the message that the task is to end with.
 * The names inside the archive choose no place on disk: files are numbered.
 */
export async function openSetup(file: string, folder: string): Promise<SetupSource> {
  mkdirSync(folder, { recursive: true })
  const head = firstBytes(file)
  if (head === 'PK') return source(await unpackZip(file, folder))
  if (head.startsWith('{')) {
    const target = join(folder, '0')
    copyFileSync(file, target)
    return source(new Map([['ctrlx-setup.json', target]]))
  }
  return source(await unpackTar(file, folder))
}

/** `null` in `document` marks what is to be removed; an absent element is simply not there. */
export function element(document: unknown, ...path: readonly string[]): unknown {
  let value = document
  for (const name of path) value = isRecord(value) ? value[name] : undefined
  return value
}

/** Copies the files of a folder of the setup to where the device keeps them. */
export function copyInto(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, file] of files) {
    const target = join(folder, ...path.split('/'))
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(file, target)
  }
}

async function unpackZip(file: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const zip = await openZip(file)
  const files = new Map<string, string>()
  for (const [index, entry] of zip.entries.entries()) {
    if (entry.name.endsWith('/')) throw new Error('Zip: write to directory')
    if (!isSafe(entry.name)) throw new Error(`Zip: invalid file path ${basename(entry.name)}`)
    const target = join(folder, String(index))
    await zip.extractTo(entry, target)
    files.set(entry.name, target)
  }
  return files
}

async function unpackTar(file: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const reader = extract()
  reader.on('entry', (header, stream, next) => {
    const target = join(folder, String(files.size))
    if (header.type !== 'file' || !isSafe(header.name)) {
      stream.resume()
      stream.on('end', () => next(new Error('tar: invalid entry')))
      return
    }
    files.set(header.name, target)
    pipeline(stream, createWriteStream(target, { flags: 'wx' })).then(() => next(), next)
  })
  try {
    await pipeline(createReadStream(file), reader)
  } catch (cause) {
    throw new Error('not a valid backup file', { cause })
  }
  return files
}

function firstBytes(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(2)
    return bytes.toString('latin1', 0, readSync(descriptor, bytes))
  } finally {
    closeSync(descriptor)
  }
}

function isSafe(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !name.includes('\\') && !name.split('/').includes('..')
}

function source(files: ReadonlyMap<string, string>): SetupSource {
  const byName = new Map([...files].map(([name, file]) => [name.toLowerCase(), file]))
  const documentFile = documentNames.map((name) => byName.get(name)).find((file) => file !== undefined)
  if (documentFile === undefined) throw new Error('ctrlx-setup.json not found')
  const document = parseJson(readFileSync(documentFile, 'utf8'))
  if (!isRecord(document)) throw new Error('ctrlx-setup.json is not valid')
  return {
    document,
    file: (path) => byName.get(normal(path)),
    folder: (path) => {
      const prefix = `${normal(path)}/`
      const inside = [...files].filter(([name]) => name.toLowerCase().startsWith(prefix))
      return new Map(inside.map(([name, file]) => [name.slice(prefix.length), file]))
    },
  }
}

function normal(path: string): string {
  return path.replace(/^\/+/, '').replace(/\/+$/, '').toLowerCase()
}
