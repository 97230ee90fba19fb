import { FailureError } from '../../shared/failure.ts'

/**
 * Why work was stopped: the failure its signal carries, else `cancelled`.
 * `phase` says what was going on, in the words of `Phase`.
 */
export function abortFailure(signal: AbortSignal, phase: string): FailureError {
  const reason: unknown = signal.reason
  return reason instanceof FailureError
    ? reason
    : new FailureError({ code: 'cancelled', phase }, { cause: reason })
}

/** @throws FailureError the reason of the signal, else `cancelled` */
export function throwIfAborted(signal: AbortSignal, phase: string): void {
  if (signal.aborted) throw abortFailure(signal, phase)
}

/**
 * Passes items on and stops at once when the signal fires, even while the source hangs.
 *
 * The source is told to close (`return`), but not waited for: a source that hangs in a read would answer only
 * when that read ends, and its own error could only hide the reason why the work was stopped.
 * @throws FailureError the reason of the signal, else `cancelled`; whatever the source throws
 */
export async function* abortable<T>(
  content: AsyncIterable<T>,
  signal: AbortSignal,
  phase: string,
): AsyncGenerator<T> {
  throwIfAborted(signal, phase)
  const iterator = content[Symbol.asyncIterator]()
  let interrupt: (() => void) | undefined
  const onAbort = () => interrupt?.()
  signal.addEventListener('abort', onAbort)
  let ended = false
  try {
    for (;;) {
      const result = await new Promise<IteratorResult<T>>((resolve, reject) => {
        interrupt = () => {
          reject(abortFailure(signal, phase))
        }
        iterator.next().then(resolve, reject)
      }).catch((error: unknown) => {
        // A source that hears the signal itself may be first; the reason is told in one way all the same.
        throw signal.aborted ? abortFailure(signal, phase) : error
      })
      throwIfAborted(signal, phase)
      if (result.done === true) {
        ended = true
        return
      }
      yield result.value
      throwIfAborted(signal, phase)
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (!ended) iterator.return?.().catch(() => undefined)
  }
}
