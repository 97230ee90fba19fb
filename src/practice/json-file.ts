import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The JSON document in `path`, or undefined when there is no such file. Anything else that goes wrong throws. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw cause
  }
}

/**
 * Writes `value` beside `path` and puts it in place with one rename, so that ending the process never leaves a
 * torn file. It is not flushed: a practice device has to survive its process, not the machine.
 */
export function writeJsonFile(path: string, value: unknown): void {
  const staging = `${path}.new`
  writeFileSync(staging, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(staging, path)
}
