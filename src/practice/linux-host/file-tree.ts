import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { readJsonFile, writeJsonFile } from '../json-file.ts'

/** What a file system of Linux knows of one name. Times are whole seconds since 1970. */
export interface Attributes {
  readonly kind: 'file' | 'folder' | 'link'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly modifiedAt: number
  readonly linkTarget?: string
}

/** Who wants to look or write. */
export interface Login {
  readonly uid: number
  readonly gid: number
}

const deepestLinks = 20

/**
 * The file tree of the practised host, kept in a folder of any operating system.
 *
 * Files lie below `root/` under their own names, so that a person can look at them and change them. What not every
 * system can keep (modes, owners, links) lies in a side file. Links exist only there, so that nothing the
 * host is told to do can leave its folder. A path here never begins with `/`; the root is the empty path.
 */
export class FileTree {
  readonly #root: string
  readonly #sideFile: string
  readonly #known: Map<string, Attributes>

  constructor(folder: string) {
    this.#root = join(folder, 'root')
    this.#sideFile = join(folder, 'attributes.json')
    mkdirSync(this.#root, { recursive: true })
    // Written by this program alone, entry by entry.
    const kept = readJsonFile(this.#sideFile) as readonly (readonly [string, Attributes])[] | undefined
    this.#known = new Map(kept)
    this.#matchDisk()
  }

  /** Has every attribute on the disk. */
  save(): void {
    writeJsonFile(this.#sideFile, [...this.#known])
  }

  /** The attributes of the name itself, not of what it links to. */
  get(path: string): Attributes | undefined {
    return this.#known.get(path)
  }

  /** The names in a folder, sorted. */
  children(path: string): readonly string[] {
    const start = path === '' ? '' : `${path}/`
    const names: string[] = []
    for (const other of this.#known.keys()) {
      if (other !== '' && other.startsWith(start) && !other.includes('/', start.length)) {
        names.push(other.slice(start.length))
      }
    }
    return names.sort()
  }

  /** Where a name leads when links are followed, or `undefined` where nothing is. Accepts absolute paths. */
  resolve(path: string): string | undefined {
    const found = this.#follow(path, true)
    return found !== undefined && this.#known.has(found) ? found : undefined
  }

  /** As `resolve`, but the last name is not followed and need not exist; its folder must. */
  place(path: string): string | undefined {
    const found = this.#follow(path, false)
    if (found === undefined || found === '') return found
    return this.#known.get(parentOf(found))?.kind === 'folder' ? found : undefined
  }

  sizeOf(path: string): number {
    return this.#known.get(path)?.kind === 'file' ? statSync(this.#onDisk(path)).size : 0
  }

  /** Bytes of all files together. */
  usedBytes(): number {
    let sum = 0
    for (const [path, { kind }] of this.#known) if (kind === 'file') sum += this.sizeOf(path)
    return sum
  }

  read(path: string): Buffer {
    return readFileSync(this.#onDisk(path))
  }

  readStream(path: string): Readable {
    return createReadStream(this.#onDisk(path))
  }

  sha256(path: string): string {
    return createHash('sha256').update(this.read(path)).digest('hex')
  }

  write(path: string, content: string | Buffer, attributes: Omit<Attributes, 'kind'>): void {
    this.#clear(path)
    writeFileSync(this.#onDisk(path), content)
    this.#known.set(path, { ...attributes, kind: 'file' })
  }

  /** A stream that fills a new file in place of whatever had the name. */
  writeStream(path: string, attributes: Omit<Attributes, 'kind'>): Writable {
    this.#clear(path)
    // Opened at once: what is known must be on the disk for whoever asks for its size.
    const descriptor = openSync(this.#onDisk(path), 'w')
    this.#known.set(path, { ...attributes, kind: 'file' })
    return createWriteStream(this.#onDisk(path), { fd: descriptor })
  }

  makeFolder(path: string, attributes: Omit<Attributes, 'kind'>): void {
    const present = this.#known.get(path)
    if (present !== undefined && present.kind !== 'folder') this.remove(path)
    mkdirSync(this.#onDisk(path), { recursive: true })
    this.#known.set(path, { ...attributes, kind: 'folder' })
  }

  link(path: string, attributes: Omit<Attributes, 'kind'> & { readonly linkTarget: string }): void {
    this.#clear(path)
    this.#known.set(path, { ...attributes, kind: 'link' })
  }

  /** Makes the folders on the way to `path`, as an installer would. */
  makeParents(path: string, attributes: Omit<Attributes, 'kind' | 'mode'>): void {
    const parent = parentOf(path)
    if (this.#known.has(parent)) return
    this.makeParents(parent, attributes)
    this.makeFolder(parent, { ...attributes, mode: 0o755 })
  }

  /** Removes a name and everything below it. */
  remove(path: string): void {
    for (const other of [...this.#known.keys()]) {
      if (other === path || other.startsWith(`${path}/`)) this.#known.delete(other)
    }
    rmSync(this.#onDisk(path), { recursive: true, force: true })
  }

  /** Whether a login may read a file, or list and enter a folder. The superuser may everything. */
  mayRead(path: string, login: Login): boolean {
    const attributes = this.#known.get(path)
    if (attributes === undefined || attributes.kind === 'link') return true
    return this.#allows(attributes, login, attributes.kind === 'folder' ? 0o5 : 0o4)
  }

  /** Whether a login may put, replace or remove names in a folder. */
  mayChange(folder: string, login: Login): boolean {
    const attributes = this.#known.get(folder)
    return attributes !== undefined && this.#allows(attributes, login, 0o3)
  }

  #allows({ mode, uid, gid }: Attributes, login: Login, wanted: number): boolean {
    if (login.uid === 0) return true
    const shift = login.uid === uid ? 6 : login.gid === gid ? 3 : 0
    return ((mode >> shift) & wanted) === wanted
  }

  #clear(path: string): void {
    if (this.#known.has(path)) this.remove(path)
  }

  #onDisk(path: string): string {
    return path === '' ? this.#root : join(this.#root, ...path.split('/'))
  }

  #follow(path: string, followLast: boolean): string | undefined {
    let rest = path.split('/').filter((name) => name !== '' && name !== '.')
    let here = ''
    for (let links = 0; rest.length > 0;) {
      const [name = '', ...others] = rest
      rest = others
      if (name === '..') {
        here = parentOf(here)
        continue
      }
      const next = here === '' ? name : `${here}/${name}`
      const target = this.#known.get(next)?.linkTarget
      if (target === undefined || (rest.length === 0 && !followLast)) {
        here = next
        continue
      }
      links += 1
      if (links > deepestLinks) return undefined
      if (target.startsWith('/')) here = ''
      rest = [...target.split('/').filter((part) => part !== '' && part !== '.'), ...rest]
    }
    return here
  }

  /** A person may have put files into the folder or taken some out while the host was off. */
  #matchDisk(): void {
    const usual = { uid: 0, gid: 0, modifiedAt: Math.floor(Date.now() / 1000) }
    if (!this.#known.has('')) this.#known.set('', { ...usual, kind: 'folder', mode: 0o755 })
    for (const [path, { kind }] of [...this.#known]) {
      if (kind !== 'link' && !existsSync(this.#onDisk(path))) this.#known.delete(path)
    }
    const visit = (folder: string): void => {
      for (const entry of readdirSync(this.#onDisk(folder), { withFileTypes: true })) {
        if (!entry.isFile() && !entry.isDirectory()) continue
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (!this.#known.has(path)) {
          const kind = entry.isDirectory() ? 'folder' : 'file'
          this.#known.set(path, { ...usual, kind, mode: kind === 'folder' ? 0o755 : 0o644 })
        }
        if (entry.isDirectory()) visit(path)
      }
    }
    visit('')
  }
}

/** The folder a path lies in. */
export function parentOf(path: string): string {
  const parent = dirname(path)
  return parent === '.' ? '' : parent
}
