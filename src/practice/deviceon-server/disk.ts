import { lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { EditionId } from './options.ts'

/** One name on the server, whether or not anything is there. */
export interface Place {
  /** Where it lies on the machine that runs the simulator. */
  readonly real: string
  /** As SFTP shows it: `/C:/Program Files` or `/opt`. */
  readonly shown: string
}

const drives = ['C', 'D'] as const
const forbiddenOnWindows = /[<>:"|?*\x00-\x1f]/

/**
 * The server's files, kept below `disk/` of its folder under their own names, so that a person can look at them.
 *
 * A drive of Windows is a folder `C` or `D` there, and its names are found whatever their case. A link counts as
 * nothing, so that no name leads out of the folder.
 */
export class ServerDisk {
  readonly #root: string
  readonly #edition: EditionId

  constructor(folder: string, edition: EditionId) {
    this.#root = join(folder, 'disk')
    this.#edition = edition
    mkdirSync(this.#root, { recursive: true })
    if (edition === 'windows')
      for (const drive of drives) mkdirSync(join(this.#root, drive), { recursive: true })
  }

  /**
   * Finds a path as a person types it or as SFTP shows it; a relative one starts at `home`. `undefined` for what
   * cannot be a name on this server: an unknown drive, forbidden signs, anything behind a link.
   */
  place(path: string, home = '/'): Place | undefined {
    if (path.includes('\0')) return undefined
    const slashed = this.#edition === 'windows' ? path.replaceAll('\\', '/') : path
    const isAbsolute = slashed.startsWith('/') || (this.#edition === 'windows' && /^[a-z]:/i.test(slashed))
    // `..` at the root stays at the root, as on the real ones.
    const parts = posix
      .normalize(isAbsolute ? `/${slashed}` : `${home}/${slashed}`)
      .split('/')
      .filter((part) => part !== '')
    if (parts.length === 0) return { real: this.#root, shown: '/' }
    return this.#edition === 'windows' ? this.#onDrive(parts) : this.#descend(parts, this.#root, '')
  }

  /** A place that has to be there because the simulator put it there. */
  known(path: string): Place {
    const place = this.place(path)
    if (place === undefined) throw new Error(`'${path}' is no place on this server`)
    return place
  }

  /** A path as a person types it on the server. */
  native({ shown }: Place): string {
    return this.#edition === 'windows' ? shown.slice(1).replaceAll('/', '\\') : shown
  }

  /** The names in a folder, sorted. Throws what the file system throws. */
  names({ real, shown }: Place): readonly string[] {
    const names = readdirSync(real).sort()
    return this.#edition === 'windows' && shown === '/' ? names.map((name) => `${name}:`) : names
  }

  /** Bytes of all files on the drive that holds `place`. */
  usedBytes({ shown }: Place): number {
    const drive = this.#edition === 'windows' ? shown.slice(0, 3) : '/'
    return bytesBelow(this.known(drive).real)
  }

  #onDrive([drive = '', ...parts]: readonly string[]): Place | undefined {
    const letter = drives.find((known) => `${known}:` === drive.toUpperCase())
    if (letter === undefined || parts.some((part) => forbiddenOnWindows.test(part))) return undefined
    return this.#descend(parts, join(this.#root, letter), `/${letter}:`)
  }

  #descend(parts: readonly string[], base: string, start: string): Place | undefined {
    let [real, shown] = [base, start]
    for (const part of parts) {
      const name = this.#edition === 'windows' ? spelledOnDisk(real, part) : part
      real = join(real, name)
      shown = `${shown}/${name}`
      if (lstatSync(real, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined
    }
    return { real, shown }
  }
}

function spelledOnDisk(folder: string, wanted: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return wanted
  const names = readdirSync(folder)
  if (names.includes(wanted)) return wanted
  return names.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted
}

function bytesBelow(path: string): number {
  const found = lstatSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
}
