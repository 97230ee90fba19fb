import { FailureError } from '../../shared/failure.ts'
import { breathe } from './archive-base.ts'
import { Inflater, type InflaterOptions } from './inflater.ts'

/** A thousandth of a second of unpacking: what else there is to do waits no longer. */
const breatheEveryBytes = 1024 * 1024

export interface DriveOptions extends InflaterOptions {
  readonly signal: AbortSignal
}

/** True where zlib found the bytes to be no deflate stream, or found the end before its end. */
export function isDamage(error: unknown): boolean {
  return zlibCode(error)?.startsWith('Z_') ?? false
}

/** True where the compressed bytes stopped in the middle. */
export function isCutOff(error: unknown): boolean {
  return zlibCode(error) === 'Z_BUF_ERROR'
}

function zlibCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error.code
}

/**
 * Unpacks one deflate stream. Whatever stands behind its end is not touched: `consumed` tells how many bytes the stream
 * had, once the content has been read to its end.
 */
export function inflateRaw(
  input: AsyncIterable<Uint8Array>,
  options: DriveOptions,
): { readonly content: AsyncGenerator<Buffer>; readonly consumed: () => number } {
  let inflater: Inflater | undefined
  const start = (): Inflater => (inflater = new Inflater('raw', options))
  return { content: drive(input, start, options.signal), consumed: () => inflater?.consumed ?? 0 }
}

/**
 * Unpacks a gzip stream that is no file of its own, such as one in an archive. Throws `archive-truncated` where it stops
 * early and `archive-crc` where it is damaged.
 */
export async function* gunzipChunks(
  input: AsyncIterable<Uint8Array>,
  { name, ...options }: DriveOptions & { readonly name: string },
): AsyncGenerator<Buffer> {
  try {
    yield* drive(input, () => new Inflater('gzip', options), options.signal)
  } catch (cause) {
    throw gzipFailure(cause, name)
  }
}

/** The failure of a gzip stream, where the error is one of zlib; else the error itself. */
export function gzipFailure(cause: unknown, archive: string): unknown {
  if (isCutOff(cause)) {
    const detail = 'its compressed bytes stop before their end'
    return new FailureError({ code: 'archive-truncated', archive, detail }, { cause })
  }
  return isDamage(cause)
    ? new FailureError({ code: 'archive-crc', archive, entry: archive }, { cause })
    : cause
}

/** Pulls bytes through an inflater. Both it and the input are let go of however this ends. */
async function* drive(
  input: AsyncIterable<Uint8Array>,
  start: () => Inflater,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  signal.throwIfAborted()
  using inflater = start()
  let sinceBreath = 0
  for await (const packed of input) {
    for (const piece of inflater.unpack(packed)) {
      yield piece
      signal.throwIfAborted()
      sinceBreath += piece.length
      if (sinceBreath < breatheEveryBytes) continue
      sinceBreath = 0
      await breathe(signal)
    }
    if (inflater.hasEnded) return
  }
  yield* inflater.finish()
}
