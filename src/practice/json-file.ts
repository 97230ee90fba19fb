import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

/** The JSON document in `path`, or undefined when there is no such file. Anything else that goes wrong throws. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw cause
  }
}

/** Writes `value` beside `path`, flushes it, and puts it in place with one rename: whole or not at all. */
export function writeJsonFile(path: string, value: unknown): void {
  const staging = `${path}.new`
  const descriptor = openSync(staging, 'w', 0o600)
  try {
    writeSync(descriptor, `${JSON.stringify(value, undefined, 2)}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(staging, path)
}
