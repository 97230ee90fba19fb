import { createHash } from 'node:crypto'

/** Counts and hashes what passes, for the witness. */
export function observed(input: AsyncIterable<Buffer>): {
  readonly input: AsyncIterable<Buffer>
  readonly result: () => {
    readonly bodyBytes: number
    readonly bodySha256: string
    readonly bodyComplete: boolean
  }
} {
  const digest = createHash('sha256')
  let bodyBytes = 0
  let isOver = false
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const bytes of input) {
      digest.update(bytes)
      bodyBytes += bytes.length
      yield bytes
    }
    isOver = true
  }
  return {
    input: pass(),
    result: () => ({
      bodyBytes,
      bodySha256: digest.copy().digest('hex'),
      bodyComplete: isOver || bodyBytes === 0,
    }),
  }
}
