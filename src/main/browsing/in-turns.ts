/**
 * Does work for every item, at most `width` at once, beginning with the first. Ends when all have ended; what one throws
 * is thrown then, and no further item is begun.
 */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const rest = items.entries()
  const errors: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (errors.length > 0) return
      try {
        await work(item, index)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker))
  if (errors.length > 0) throw errors[0]
}
