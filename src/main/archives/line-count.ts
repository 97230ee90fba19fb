const newline = 0x0a
/** As much is held, so that the newlines of most files are counted only when somebody asks. */
const heldBytesAtMost = 8 * 1024 * 1024

/** Counts the newlines of a text that passes by, and puts it off, as few texts are ever asked for a line. */
export class LineCount {
  #counted = 0
  #held: Buffer[] = []
  #heldBytes = 0

  /** The bytes must not change. At most 8 MiB of them are held. */
  add(bytes: Buffer): void {
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    if (this.#heldBytes > heldBytesAtMost) this.count()
  }

  /** The newlines in all that was added. */
  count(): number {
    for (const bytes of this.#held) this.#counted += newlinesIn(bytes)
    this.#held = []
    this.#heldBytes = 0
    return this.#counted
  }
}

/** How many bytes are newlines of ASCII, which is what they are in every encoding but UTF-16. */
export function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}
