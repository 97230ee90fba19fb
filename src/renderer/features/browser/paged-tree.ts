import type { TreeRow } from '../../../shared/model/entry.ts'
import { OpenFolders, type OpenFolder } from './open-folders.ts'

/** A row of the tree with its depth, 1 for the top. */
export interface ShownRow {
  readonly row: TreeRow
  readonly level: number
}

/** Some rows of a folder, and how many it has. */
export interface TreePage {
  readonly total: number
  readonly rows: readonly TreeRow[]
}

/** A page that is in sight and not there. */
export interface MissingPage {
  readonly folder: string
  readonly from: number
}

interface Page {
  readonly folder: Folder
  readonly number: number
  readonly rows: readonly TreeRow[]
}

class Folder implements OpenFolder {
  readonly path: string
  readonly level: number
  readonly parent: Folder | undefined
  /** Index of its own row among the rows of its parent. */
  readonly place: number
  total: number | undefined
  readonly pages = new Map<number, Page>()
  /** Index of each row that is there. */
  readonly places = new Map<string, number>()
  /** The folders in it that are open. */
  readonly open = new OpenFolders<Folder>()
  isOpen = false

  constructor(path: string, parent: Folder | undefined, place: number) {
    this.path = path
    this.parent = parent
    this.place = place
    this.level = parent === undefined ? 1 : parent.level + 1
  }

  /** Rows of it that are shown while it is open; one that says it is being read until that is known. */
  get shown(): number {
    return this.total === undefined ? 1 : this.total + this.open.shown
  }
}

/** Where an index leads: a row of a folder. */
interface Spot {
  readonly folder: Folder
  readonly place: number
}

/**
 * The rows of a tree of which only some pages are there. Any row is found by its index in the time it takes to go down
 * the open folders around it, however many rows there are. Pages that nobody looked at for long are dropped.
 */
export class PagedTree {
  readonly #pageRows: number
  readonly #pagesKept: number
  readonly #top = new Folder('', undefined, 0)
  /** Folders that were opened once; what was open in one that is closed is remembered. */
  readonly #folders = new Map<string, Folder>([['', this.#top]])
  /** The last used comes last. */
  readonly #recent = new Set<Page>()
  /** Pages that were read before things changed; they are shown until they are read again. */
  readonly #stale = new Set<Page>()

  constructor(pageRows: number, pagesKept = 64) {
    this.#pageRows = pageRows
    this.#pagesKept = pagesKept
  }

  /** Rows that are not inside of a closed folder. */
  get count(): number {
    return this.#top.shown
  }

  /** True once it is known that there is nothing. */
  get isEmpty(): boolean {
    return this.#top.total === 0
  }

  /** The row at an index, where it is there. */
  rowAt(index: number): ShownRow | undefined {
    const spot = this.#spotAt(index)
    if (spot === undefined) return undefined
    const row = this.#pageOf(spot)?.rows[spot.place % this.#pageRows]
    return row && { row, level: spot.folder.level }
  }

  /** The index of a path, as far as its row is there and shown. */
  indexOf(path: string): number | undefined {
    const folder = this.#folders.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    const place = folder?.places.get(path)
    return folder === undefined || place === undefined ? undefined : this.#indexAt({ folder, place })
  }

  /** The index of the folder that a row lies in; nothing for the top. */
  parentOf(index: number): number | undefined {
    const folder = this.#spotAt(index)?.folder
    if (folder?.parent === undefined) return undefined
    return this.#indexAt({ folder: folder.parent, place: folder.place })
  }

  isOpen(path: string): boolean {
    return this.#folders.get(path)?.isOpen === true
  }

  /** Opens or closes the folder at an index of `rowAt`; a row that is no folder, or is not there, stays as it is. */
  toggle(path: string, isOpen: boolean): void {
    const folder = this.#folders.get(path) ?? this.#newFolder(path)
    if (folder?.parent === undefined || folder.isOpen === isOpen) return
    folder.isOpen = isOpen
    const { open } = folder.parent
    if (isOpen) open.add(folder)
    else open.remove(folder)
    recount(folder.parent.parent)
  }

  /** Takes a page that was read; `from` is a multiple of the page's size. */
  put(path: string, from: number, { total, rows }: TreePage): void {
    const folder = this.#folders.get(path)
    if (folder === undefined) return
    folder.total = total
    const number = from / this.#pageRows
    const old = folder.pages.get(number)
    if (old !== undefined) this.#drop(old)
    const page: Page = { folder, number, rows }
    folder.pages.set(number, page)
    for (const [step, row] of rows.entries()) folder.places.set(row.path, from + step)
    this.#recent.add(page)
    if (folder.isOpen) recount(folder.parent)
    this.#makeRoom()
  }

  /** From now on, every page that is there is missing, too; it is shown as it is until the new one is put in its place. */
  refresh(): void {
    for (const page of this.#recent) this.#stale.add(page)
  }

  /** The pages that a stretch of rows needs; those that are there are kept for longer. */
  missing(first: number, end: number): readonly MissingPage[] {
    const missing = new Map<string, MissingPage>()
    for (let index = first; index < end; index += 1) {
      const spot = this.#spotAt(index)
      if (spot === undefined) break
      const page = this.#pageOf(spot)
      if (page !== undefined) {
        this.#recent.delete(page)
        this.#recent.add(page)
        if (!this.#stale.has(page)) continue
      }
      const from = Math.floor(spot.place / this.#pageRows) * this.#pageRows
      missing.set(`${String(from)} ${spot.folder.path}`, { folder: spot.folder.path, from })
    }
    return [...missing.values()]
  }

  #newFolder(path: string): Folder | undefined {
    const parent = this.#folders.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    const place = parent?.places.get(path)
    if (parent === undefined || place === undefined) return undefined
    const page = this.#pageOf({ folder: parent, place })
    if (page?.rows[place % this.#pageRows]?.kind !== 'folder') return undefined
    const folder = new Folder(path, parent, place)
    this.#folders.set(path, folder)
    return folder
  }

  #spotAt(index: number): Spot | undefined {
    let folder = this.#top
    let left = index
    if (left < 0 || left >= folder.shown) return undefined
    for (;;) {
      const found = folder.open.find(left)
      if (found.inside === undefined) return { folder, place: found.place }
      folder = found.inside
      left = found.place
    }
  }

  /** Nothing for what lies in a closed folder. */
  #indexAt({ folder, place }: Spot): number | undefined {
    let index = place + folder.open.shownBefore(place)
    for (let inner = folder; inner.parent !== undefined; inner = inner.parent) {
      if (!inner.isOpen) return undefined
      index += inner.place + 1 + inner.parent.open.shownBefore(inner.place)
    }
    return index
  }

  #pageOf({ folder, place }: Spot): Page | undefined {
    return folder.pages.get(Math.floor(place / this.#pageRows))
  }

  #makeRoom(): void {
    for (const page of this.#recent) {
      if (this.#recent.size <= this.#pagesKept) return
      this.#drop(page)
    }
  }

  #drop(page: Page): void {
    this.#recent.delete(page)
    this.#stale.delete(page)
    page.folder.pages.delete(page.number)
    for (const { path } of page.rows) page.folder.places.delete(path)
  }
}

/** Counts anew from a folder up to the top, or to one that is closed: only the open ones count in their parents. */
function recount(from: Folder | undefined): void {
  for (let folder = from; folder !== undefined; folder = folder.parent) folder.open.recount()
}
