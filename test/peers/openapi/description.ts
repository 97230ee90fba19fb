import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import addFormats from 'ajv-formats'
import type { Document } from 'openapi-backend'
import { OpenAPIBackend } from 'openapi-backend'
import { readDescription } from './readings.ts'

/** One vendor description, loaded once for requests and once for answers. */
export interface Description {
  readonly file: string
  readonly prefix: string
  readonly requests: OpenAPIBackend
  readonly answers: OpenAPIBackend
}

/** Formats of the vendor that JSON schema does not know; `dateTime` is its other spelling of `date-time`. */
const looseFormats = ['string', 'fat32', 'float64', 'event-stream', 'binary', 'password', 'uri']

export async function loadDescription(folder: string, file: string, prefix: string): Promise<Description> {
  const description: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const load = async (direction: 'request' | 'answer'): Promise<OpenAPIBackend> => {
    const backend = new OpenAPIBackend({
      definition: readDescription(description, direction) as Document,
      apiRoot: prefix,
      quick: true,
      strict: true,
      // The vendor escapes characters in patterns that need none, which the Unicode mode forbids.
      ajvOpts: { unicodeRegExp: false },
      validate: true,
      customizeAjv: (ajv) => {
        addFormats(ajv)
        const dateTime = ajv.formats['date-time']
        if (dateTime !== undefined) ajv.addFormat('dateTime', dateTime)
        for (const format of looseFormats) if (!(format in ajv.formats)) ajv.addFormat(format, true)
        return ajv
      },
    })
    await backend.init()
    return backend
  }
  return { file, prefix, requests: await load('request'), answers: await load('answer') }
}
