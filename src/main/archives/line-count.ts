const newline = 0x0a
/** As much is held, so that the newlines of most files are counted only when somebody asks. */
const heldBytesAtMost = 8 * 1024 * 1024

/** Counts the newlines of a text that passes by, and puts it off, as few texts are ever asked for a line. */
export class LineCount {
  #counted = 0
  /** Made once it is needed, and kept for the texts to come. */
  #held: Buffer | undefined
  #heldBytes = 0

  /** The bytes are copied: up to 8 MiB are held. */
  add(bytes: Buffer): void {
    if (this.#heldBytes + bytes.length > heldBytesAtMost) this.count()
    if (bytes.length > heldBytesAtMost) {
      this.#counted += newlinesIn(bytes)
      return
    }
    this.#held ??= Buffer.allocUnsafeSlow(heldBytesAtMost)
    this.#heldBytes += bytes.copy(this.#held, this.#heldBytes)
  }

  /** The newlines in all that was added. */
  count(): number {
    if (this.#held !== undefined) this.#counted += newlinesIn(this.#held.subarray(0, this.#heldBytes))
    this.#heldBytes = 0
    return this.#counted
  }

  /** Begins with another text. */
  reset(): void {
    this.#counted = 0
    this.#heldBytes = 0
  }
}

/** How many bytes are newlines of ASCII, which is what they are in every encoding but UTF-16. */
export function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}
