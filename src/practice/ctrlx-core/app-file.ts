import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { extract, pack } from 'tar-stream'
import { fillerBytes } from '../filler.ts'

/** What the snap inside an app file says about itself. */
export interface AppDescription {
  readonly name: string
  readonly title: string
  readonly vendor: string
  readonly description: string
  readonly version: string
  readonly base: string
}

/** An app file that was read: the description and the architecture folder that the snap lay in. */
export interface AppFile extends AppDescription {
  readonly architecture: string
}

const snapPath = /^public\/snaps\/([^/]+)\/release\/([^/]+)-([^/-]+)\.snap$/

/**
 * Writes a practice app: a tar with one snap stub at `public/snaps/<architecture>/release/<name>-<version>.snap`.
 * The stub is a line of JSON followed by filler, so the file has a size worth transferring.
 */
export async function writeAppFile(path: string, app: AppFile, sizeBytes: number): Promise<void> {
  const { architecture, ...description } = app
  const head = Buffer.from(`${JSON.stringify(description)}\n`)
  const body = Buffer.concat([head, fillerBytes(`${app.name}/${app.version}/${architecture}`, sizeBytes)])
  const tar = pack()
  tar.entry(
    { name: `public/snaps/${architecture}/release/${app.name}-${app.version}.snap`, mtime: new Date(0) },
    body,
  )
  tar.finalize()
  await pipeline(tar, createWriteStream(path, { mode: 0o600 }))
}

/** Reads an app file, or answers undefined when it is no practice app or is damaged. */
export async function readAppFile(path: string): Promise<AppFile | undefined> {
  let found: AppFile | undefined
  const reader = extract()
  reader.on('entry', (header, stream, next) => {
    const architecture = snapPath.exec(header.name)?.[1]
    const pieces: Buffer[] = []
    stream.on('data', (piece: unknown) => {
      if (architecture !== undefined && pieces.length === 0 && Buffer.isBuffer(piece)) pieces.push(piece)
    })
    stream.on('end', () => {
      const description = parseDescription(Buffer.concat(pieces))
      if (architecture !== undefined && description !== undefined) found = { ...description, architecture }
      next()
    })
  })
  try {
    await pipeline(createReadStream(path), reader)
  } catch {
    return undefined
  }
  return found
}

function parseDescription(bytes: Buffer): AppDescription | undefined {
  const end = bytes.indexOf('\n')
  if (end < 0) return undefined
  try {
    const value = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Partial<AppDescription>
    const { name, title, vendor, description, version, base } = value
    if (typeof name !== 'string' || typeof version !== 'string') return undefined
    return {
      name,
      version,
      title: title ?? name,
      vendor: vendor ?? '',
      description: description ?? '',
      base: base ?? '',
    }
  } catch {
    return undefined
  }
}
