import type { FailureError } from '../../shared/failure.ts'

export interface IdleWatch {
  /** The longest time without a byte, in milliseconds. */
  readonly idleMs: number
  /** Makes the failure to throw then, e.g. `device-silent` or `connection-lost`. */
  readonly onIdle: (facts: { readonly bytesDone: number; readonly seconds: number }) => FailureError
}

/**
 * Passes pieces on and gives up when the source is silent for too long. Time that the reader of this stream takes for
 * itself does not count; empty pieces do not count as a sign of life.
 *
 * The silent source is told to close but not waited for: it would answer only when it stops being silent.
 * @throws what `onIdle` makes; whatever the source throws
 */
export async function* watchIdle(
  content: AsyncIterable<Uint8Array>,
  { idleMs, onIdle }: IdleWatch,
): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]()
  let bytesDone = 0
  let leftMs = idleMs
  let ended = false
  try {
    for (;;) {
      const askedAt = performance.now()
      const result = await withinTime(iterator.next(), leftMs, () =>
        onIdle({ bytesDone, seconds: idleMs / 1000 }),
      )
      if (result.done === true) {
        ended = true
        return
      }
      const { length } = result.value
      bytesDone += length
      leftMs = length > 0 ? idleMs : Math.max(0, leftMs - (performance.now() - askedAt))
      yield result.value
    }
  } finally {
    if (!ended) iterator.return?.().catch(() => undefined)
  }
}

async function withinTime<T>(next: Promise<T>, ms: number, failure: () => FailureError): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(failure())
    }, ms)
  })
  try {
    return await Promise.race([next, silence])
  } finally {
    clearTimeout(timer)
  }
}
