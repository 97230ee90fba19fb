import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
import { pack } from 'tar-stream'
import type { ArchiveFile, SetupContent } from './setup-document.ts'

const readme = `# Device backup

ctrlx-setup.json holds the settings; paths in it point to the other files of this archive.
Files that it does not point to are ignored. Made by a practice device.
`

/**
 * Writes the zip of a setup and has it on disk before it settles. Like the vendor's, it holds no entries
 * for folders.
 */
export async function writeSetupZip(path: string, content: SetupContent, at: Date): Promise<void> {
  const zip = new ZipArchive({ zlib: { level: 1 } })
  const written = pipeline(zip, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  for (const file of completeFiles(content)) {
    if ('bytes' in file) zip.append(file.bytes, { name: file.name, date: at })
    else zip.file(file.path, { name: file.name, date: at })
  }
  await zip.finalize()
  await written
  await flush(path)
}

/** Writes the tar of the legacy function: the same files, because the vendor documents no layout for it. */
export async function writeSetupTar(path: string, content: SetupContent, at: Date): Promise<void> {
  const tar = pack()
  const written = pipeline(tar, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  for (const file of completeFiles(content)) {
    if ('bytes' in file) {
      tar.entry({ name: file.name, mtime: at }, file.bytes)
      continue
    }
    const entry = tar.entry({ name: file.name, mtime: at, size: statSync(file.path).size })
    await pipeline(createReadStream(file.path), entry)
  }
  tar.finalize()
  await written
  await flush(path)
}

export async function writeSetupJson(path: string, content: SetupContent): Promise<void> {
  const target = await open(path, 'wx', 0o600)
  try {
    await target.writeFile(`${JSON.stringify(content.document, undefined, 2)}\n`)
    await target.sync()
  } finally {
    await target.close()
  }
}

function completeFiles({ document, files }: SetupContent): readonly ArchiveFile[] {
  const bytes = (text: string): Buffer => Buffer.from(text)
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', $ref: document['$schema'] }
  return [
    { name: 'ctrlx-setup.json', bytes: bytes(`${JSON.stringify(document, undefined, 2)}\n`) },
    { name: 'setup.v1.schema.json', bytes: bytes(`${JSON.stringify(schema, undefined, 2)}\n`) },
    { name: 'README.md', bytes: bytes(readme) },
    ...files,
  ]
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
