import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below `folder`, by its path with `/` between the parts, in a fixed order. */
export function listFiles(folder: string, prefix = ''): readonly string[] {
  const found: string[] = []
  for (const name of readdirSync(folder).toSorted()) {
    const path = prefix === '' ? name : `${prefix}/${name}`
    if (statSync(join(folder, name)).isDirectory()) found.push(...listFiles(join(folder, name), path))
    else found.push(path)
  }
  return found
}
