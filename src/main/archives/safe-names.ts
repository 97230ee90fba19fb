import { maxLevels, maxPathLength } from './limits.ts'
import { foldName, safePartFor } from './names.ts'

/** Paths that stay so much below the limits leave room for numbers. */
const longest = maxPathLength - 1024
/** What is too deep or too long for any place of its own comes here. */
const folderOfTheLong = '_names too long'

/**
 * Names under which entries are taken out whose own names are not safe on every system. A safe name stays as it is,
 * unless a made one has its place already. Two paths never get the same name, on no file system: what would be the same
 * gets a number. What lies in a folder follows the folder. It depends on nothing but the paths and their order.
 */
export class SafeNames {
  /** The name of every path and folder so far. */
  readonly #given = new Map<string, string>()
  /** All names so far, folded. */
  readonly #taken = new Set<string>([folderOfTheLong])

  safeNameFor(path: string): string {
    const known = this.#given.get(path)
    if (known !== undefined) return known
    const slash = path.lastIndexOf('/')
    const isTooLong = path.length > longest || levelsOf(path) > maxLevels
    const folder = isTooLong ? folderOfTheLong : slash < 0 ? '' : this.safeNameFor(path.slice(0, slash))
    const name = this.#free(folder, safePartFor(path.slice(slash + 1)))
    this.#given.set(path, name)
    this.#taken.add(foldName(name))
    return name
  }

  #free(folder: string, part: string): string {
    const prefix = folder === '' ? '' : `${folder}/`
    if (!this.#taken.has(foldName(prefix + part))) return prefix + part
    const dot = part.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [part.slice(0, dot), part.slice(dot)] : [part, '']
    for (let number = 2; ; number += 1) {
      const numbered = safePartFor(`${stem} (${String(number)})${ending}`)
      if (!this.#taken.has(foldName(prefix + numbered))) return prefix + numbered
    }
  }
}

function levelsOf(path: string): number {
  let levels = 1
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) levels += 1
  return levels
}
