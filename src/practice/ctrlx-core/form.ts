import { createWriteStream } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'

/** A file that came with a form, already on disk. */
export interface FormFile {
  readonly path: string
  readonly fileName: string
  readonly sizeBytes: number
}

/** A multipart form. The last of several fields with one name counts. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, FormFile>
}

/**
 * Reads a multipart form and writes its files into `folder`, under names of its own.
 * Rejects when the form is malformed or breaks off; what was written then stays until the folder is swept.
 */
export async function readForm(body: Readable, headers: IncomingHttpHeaders, folder: string): Promise<Form> {
  const fields = new Map<string, string>()
  const files = new Map<string, FormFile>()
  const writing: Promise<void>[] = []
  const parser = busboy({ headers })
  parser.on('field', (name, value) => {
    fields.set(name, value)
  })
  parser.on('file', (name, content, { filename }) => {
    const path = join(folder, `upload-${randomUUID()}`)
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    const written = pipeline(content, target).then(() => {
      files.set(name, { path, fileName: filename ?? name, sizeBytes: target.bytesWritten })
    })
    // Heard below; a rejection that arrives before that must not count as unheard.
    written.catch(() => undefined)
    writing.push(written)
  })
  await pipeline(body, parser)
  await Promise.all(writing)
  return { fields, files }
}
