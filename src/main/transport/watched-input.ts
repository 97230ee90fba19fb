import { until, type Watch } from './deadlines.ts'

/** Bytes that are sent to a device, in pieces of any size. */
export type Input = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** The source failed, not the device; `cause` says why. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/**
 * Passes on what is to be sent. While the source is waited for, the device's silence is not its fault; a source that is
 * stuck is left alone as soon as `watch` is over.
 */
export async function* watchedInput(input: Input, watch: Watch): AsyncGenerator<Uint8Array> {
  const source = Symbol.asyncIterator in input ? input[Symbol.asyncIterator]() : input[Symbol.iterator]()
  try {
    for (;;) {
      const next = await heldBack(nextOf(source), watch)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not waited for: a stuck source would keep the cancel from being heard.
    Promise.resolve(source.return?.()).catch(() => undefined)
  }
}

async function nextOf(
  source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): Promise<IteratorResult<Uint8Array>> {
  try {
    return await source.next()
  } catch (cause) {
    throw new InputError('the input cannot be read', { cause })
  }
}

async function heldBack<T>(work: Promise<T>, watch: Watch): Promise<T> {
  watch.hold()
  try {
    return await until(work, watch)
  } finally {
    watch.release()
  }
}
