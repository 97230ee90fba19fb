import { open } from 'node:fs/promises'

interface Folder {
  readonly files: Readonly<Record<string, Folder | { readonly size: number }>>
}

/**
 * The paths in an asar file, from its header: four little-endian 32-bit numbers, the last of which is the length of the
 * JSON that follows.
 */
export async function asarPaths(path: string): Promise<readonly string[]> {
  await using file = await open(path)
  const sizes = Buffer.alloc(16)
  await file.read(sizes, 0, sizes.length, 0)
  const json = Buffer.alloc(sizes.readUInt32LE(12))
  await file.read(json, 0, json.length, 16)
  return pathsIn(JSON.parse(json.toString('utf8')) as Folder, '')
}

function pathsIn({ files }: Folder, prefix: string): readonly string[] {
  return Object.entries(files).flatMap(([name, entry]) => {
    const path = `${prefix}/${name}`
    return 'files' in entry ? pathsIn(entry, path) : [path]
  })
}
