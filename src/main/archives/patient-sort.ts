import { breathe } from './archive-base.ts'

/** Sorted at once; a hundred thousand comparisons are a few milliseconds. */
const runLength = 8192
const mergedBetweenBreaths = 65_536

/**
 * Sorts numbers in place by `compare`, and lets other work run on the way: a million names keep nobody waiting. What is
 * in order already costs one look at it.
 */
export async function sortPatiently(
  numbers: Int32Array,
  compare: (a: number, b: number) => number,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < numbers.length; from += runLength) {
    const run = numbers.subarray(from, from + runLength)
    if (!isSorted(run, compare)) run.sort(compare)
    await breathe(signal)
  }
  let scratch: Int32Array | undefined
  for (let width = runLength; width < numbers.length; width *= 2) {
    for (let from = 0; from + width < numbers.length; from += 2 * width) {
      scratch ??= new Int32Array(numbers.length)
      const to = Math.min(numbers.length, from + 2 * width)
      await merge(numbers, { from, middle: from + width, to }, scratch, compare, signal)
    }
  }
}

interface Runs {
  readonly from: number
  readonly middle: number
  readonly to: number
}

async function merge(
  numbers: Int32Array,
  { from, middle, to }: Runs,
  scratch: Int32Array,
  compare: (a: number, b: number) => number,
  signal: AbortSignal,
): Promise<void> {
  if (compare(numbers[middle - 1] ?? 0, numbers[middle] ?? 0) <= 0) return
  scratch.set(numbers.subarray(from, middle), from)
  let left = from
  let right = middle
  for (let at = from; left < middle; at += 1) {
    if (at % mergedBetweenBreaths === 0) await breathe(signal)
    const isLeft = right >= to || compare(scratch[left] ?? 0, numbers[right] ?? 0) <= 0
    numbers[at] = (isLeft ? scratch[left] : numbers[right]) ?? 0
    if (isLeft) left += 1
    else right += 1
  }
}

function isSorted(run: Int32Array, compare: (a: number, b: number) => number): boolean {
  for (let at = 1; at < run.length; at += 1) if (compare(run[at - 1] ?? 0, run[at] ?? 0) > 0) return false
  return true
}
