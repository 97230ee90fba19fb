import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, realpath, rmdir, unlink, type FileHandle } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { foldName } from './names.ts'

/** Windows has no O_NOFOLLOW; there, O_EXCL alone keeps a link from being written through. */
const noFollow: number = (constants as Readonly<Record<string, number | undefined>>)['O_NOFOLLOW'] ?? 0
const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow

/**
 * A folder that was empty and is filled by us alone. Nothing that is there is ever opened, replaced or followed, and
 * what was made can be taken back.
 */
export class FreshFolder {
  readonly #root: string
  readonly #isNew: boolean
  /** Folders in the order they were made, by their folded relative path. */
  readonly #folders = new Map<string, string>()
  readonly #files: string[] = []

  private constructor(root: string, isNew: boolean) {
    this.#root = root
    this.#isNew = isNew
  }

  /** Makes the folder, or takes one that is there and empty. Throws `target-not-empty`. */
  static async prepare(folder: string): Promise<FreshFolder> {
    const isNew = await attempt(folder, async () => makeUnlessThere(folder))
    const root = await attempt(folder, async () => realpath(folder))
    const isEmpty = await attempt(folder, async () => {
      return (await lstat(root)).isDirectory() && (await readdir(root)).length === 0
    })
    if (!isEmpty) throw new FailureError({ code: 'target-not-empty', folder })
    return new FreshFolder(root, isNew)
  }

  /** Makes a folder and those above it. `path` uses `/`. */
  async makeFolder(path: string): Promise<void> {
    const parts = path.split('/')
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const part = parts.slice(0, depth).join('/')
      if (this.#folders.get(foldName(part)) === part) continue
      const place = this.#inside(part)
      const made = await attempt(place, async () => makeUnlessThere(place))
      // Where case does not count, two spellings of our own folder are one; anything else came from outside.
      if (!made && !this.#folders.has(foldName(part))) {
        throw new FailureError({ code: 'target-not-empty', folder: this.#root })
      }
      if (made) this.#folders.set(foldName(part), part)
    }
  }

  /** Writes a new plain file. `path` uses `/`. */
  async writeFile(
    path: string,
    content: AsyncIterable<Uint8Array>,
    modifiedAt: string | undefined,
  ): Promise<void> {
    const slash = path.lastIndexOf('/')
    if (slash > 0) await this.makeFolder(path.slice(0, slash))
    const place = this.#inside(path)
    const file = await attempt(place, async () => open(place, createFlags, 0o644))
    this.#files.push(place)
    try {
      for await (const piece of content) await attempt(place, async () => writeWhole(file, piece))
      const modified = modifiedAt === undefined ? undefined : new Date(modifiedAt)
      if (modified !== undefined && modified.getTime() > 0) {
        await attempt(place, async () => file.utimes(modified, modified))
      }
    } finally {
      await attempt(place, async () => file.close())
    }
  }

  /**
   * Removes what was made, last things first. What cannot be removed is reported with the failure that led here as part
   * of the cause.
   */
  async undo(reason: unknown): Promise<void> {
    try {
      for (const file of this.#files.reverse()) await unlink(file)
      for (const folder of [...this.#folders.values()].reverse())
        await rmdir(join(this.#root, ...folder.split('/')))
      if (this.#isNew) await rmdir(this.#root)
    } catch (error) {
      throw new FailureError(
        { code: 'storage-unwritable', place: this.#root, reason: 'unfinished files are left there' },
        { cause: new AggregateError([reason, error]) },
      )
    }
  }

  /** The one function that makes a place on disk out of a name of an archive. */
  #inside(path: string): string {
    const place = resolve(this.#root, path)
    const inside = relative(this.#root, place)
    if (inside === '' || inside.split(sep)[0] === '..' || isAbsolute(inside)) {
      throw new FailureError({ code: 'archive-path', archive: this.#root, entry: path })
    }
    return place
  }
}

/** Answers whether the folder was made; it may be there already. */
async function makeUnlessThere(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, 0o755)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function writeWhole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten
}

/** Turns errors of the file system into failures that name the place. */
async function attempt<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const code = codeOf(cause)
    if (code === undefined) throw cause
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new FailureError({ code: 'disk-full', place, neededBytes: 0, freeBytes: 0 }, { cause })
    }
    if (code === 'EEXIST') throw new FailureError({ code: 'target-exists', file: place }, { cause })
    throw new FailureError({ code: 'storage-unwritable', place, reason: code }, { cause })
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
