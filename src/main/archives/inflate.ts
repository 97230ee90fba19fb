import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib'
import { FailureError } from '../../shared/failure.ts'

const outputBytes = 64 * 1024

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
  signal: AbortSignal,
): { readonly content: AsyncGenerator<Buffer>; readonly consumed: () => number } {
  const engine = createInflateRaw({ chunkSize: outputBytes })
  return { content: drive(input, engine, signal), consumed: () => engine.bytesWritten }
}

/**
 * Unpacks a gzip stream that comes from somewhere else than a file, such as a device. Throws `archive-truncated` where
 * it stops early and `archive-crc` where it is damaged.
 */
export async function* gunzipChunks(
  input: AsyncIterable<Uint8Array>,
  options: { readonly name: string; readonly signal: AbortSignal },
): AsyncGenerator<Buffer> {
  try {
    yield* drive(input, createGunzip({ chunkSize: outputBytes }), options.signal)
  } catch (cause) {
    throw gzipFailure(cause, options.name)
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

/** Pulls bytes through an engine. The engine and the input are let go of however this ends. */
async function* drive(
  input: AsyncIterable<Uint8Array>,
  engine: InflateRaw | Gunzip,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  signal.throwIfAborted()
  const feeding = pipeline(input, engine, { signal }).catch(() => {
    // The same error comes out of the engine below; an early end of the engine is no error at all.
  })
  try {
    for await (const piece of engine) {
      yield piece as Buffer
      signal.throwIfAborted()
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    engine.destroy()
    await feeding
  }
}
