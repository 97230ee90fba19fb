/** Memory that several holders share. Each takes its part before it needs it, and gives it back when it is done. */
export class MemoryBudget {
  readonly limitBytes: number
  #takenBytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  /** Bytes that nobody holds. */
  get freeBytes(): number {
    return this.limitBytes - this.#takenBytes
  }

  /** Takes a part; answers what gives it back, `undefined` where there is not so much left. Giving back twice is once. */
  take(bytes: number): (() => void) | undefined {
    if (bytes > this.freeBytes) return undefined
    this.#takenBytes += bytes
    let isHeld = true
    return () => {
      if (isHeld) this.#takenBytes -= bytes
      isHeld = false
    }
  }
}
