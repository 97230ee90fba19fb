/** Passes pieces on unchanged and says after each how many bytes there have been in all. */
export async function* countBytes(
  content: AsyncIterable<Uint8Array>,
  onBytes: (bytesDone: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytesDone = 0
  for await (const bytes of content) {
    bytesDone += bytes.length
    onBytes(bytesDone)
    yield bytes
  }
}
