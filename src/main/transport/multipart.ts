import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** A file of this computer that goes into a form. */
export interface FormFile {
  readonly field: string
  readonly fileName: string
  readonly contentType: string
  readonly path: string
  readonly sizeBytes: number
}

/** A multipart form whose length is known before it is sent; the file is read from disk while it goes out. */
export interface Form {
  readonly contentType: string
  readonly lengthBytes: number
  /** Read once. It is shorter than announced where the file has become shorter, which ends the request. */
  readonly pieces: AsyncIterable<Uint8Array>
}

const readBytes = 1024 * 1024

/** Makes a form (RFC 7578) of plain fields and one file. Field names and values are ours, never a device's. */
export function makeForm(fields: Readonly<Record<string, string>>, file: FormFile): Form {
  const boundary = `ferrite-${randomBytes(18).toString('hex')}`
  const head = Buffer.from(
    [
      ...Object.entries(fields).map(([name, value]) => `${part(boundary, name)}\r\n\r\n${value}\r\n`),
      `${part(boundary, file.field)}; filename="${quoted(file.fileName)}"\r\nContent-Type: ${file.contentType}\r\n\r\n`,
    ].join(''),
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    lengthBytes: head.length + file.sizeBytes + tail.length,
    pieces: piecesOf(head, file, tail),
  }
}

async function* piecesOf(
  head: Buffer,
  { path, sizeBytes }: FormFile,
  tail: Buffer,
): AsyncGenerator<Uint8Array> {
  yield head
  if (sizeBytes > 0) {
    // A file that grows meanwhile is sent as long as it was announced.
    for await (const piece of createReadStream(path, { highWaterMark: readBytes, end: sizeBytes - 1 })) {
      yield piece as Buffer
    }
  }
  yield tail
}

function part(boundary: string, name: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`
}

function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
