/** What one lent buffer holds. */
export const lentBytes = 256 * 1024

const freeAtMost = 8
const free: Buffer[] = []

/**
 * Bytes to work in, used again and again by one content after the other: a fresh buffer costs the system a page fault
 * for every 4 KiB of it. Whoever takes one gives it back once, when nobody reads or writes it any more.
 */
export function takeLent(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(lentBytes)
}

/** Gives back what `takeLent` gave. */
export function giveLentBack(buffer: Buffer): void {
  if (free.length < freeAtMost) free.push(buffer)
}
