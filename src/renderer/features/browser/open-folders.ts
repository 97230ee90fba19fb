/** An open folder among the rows of another one. */
export interface OpenFolder {
  /** Index of its own row there. */
  readonly place: number
  /** Rows that are shown below it. */
  readonly shown: number
}

/** The open folders of one folder by their place, with how many rows lie in front of each. */
export class OpenFolders<F extends OpenFolder> {
  readonly #folders: F[] = []
  /** Rows shown in the open folders up to each, that one included. */
  #sums: number[] = []

  /** Rows that are shown in all of them. */
  get shown(): number {
    return this.#sums.at(-1) ?? 0
  }

  add(folder: F): void {
    this.#folders.splice(this.#countBefore(folder.place), 0, folder)
    this.recount()
  }

  remove(folder: F): void {
    const at = this.#folders.indexOf(folder)
    if (at >= 0) this.#folders.splice(at, 1)
    this.recount()
  }

  /** To be called when one of them shows another number of rows. */
  recount(): void {
    let sum = 0
    this.#sums = this.#folders.map(({ shown }) => (sum += shown))
  }

  /** Rows shown in open folders in front of a place. */
  shownBefore(place: number): number {
    return this.#sums[this.#countBefore(place) - 1] ?? 0
  }

  /** What is at an index among all rows shown: a place of the outer folder, or a place inside an open one. */
  find(index: number): { readonly inside: F | undefined; readonly place: number } {
    // The last folder whose rows begin at the index or in front of it.
    const at = lastWhere(this.#folders.length, (each) => this.#start(each) <= index)
    const folder = this.#folders[at]
    const sum = this.#sums[at] ?? 0
    if (folder === undefined) return { inside: undefined, place: index }
    const inside = index - this.#start(at)
    return inside < folder.shown
      ? { inside: folder, place: inside }
      : { inside: undefined, place: index - sum }
  }

  /** Index among all rows shown of the first one in an open folder. */
  #start(at: number): number {
    return (this.#folders[at]?.place ?? 0) + 1 + (this.#sums[at - 1] ?? 0)
  }

  #countBefore(place: number): number {
    return lastWhere(this.#folders.length, (at) => (this.#folders[at]?.place ?? 0) < place) + 1
  }
}

/** The last index for which it is true, where it is true for the first ones and false for the rest; -1 for none. */
function lastWhere(length: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isTrue(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}
