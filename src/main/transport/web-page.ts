import { escapeUntrusted } from '../../shared/text/escape.ts'
import type { Response } from './https-exchange.ts'

/** What is shown of a page that nobody asked for. */
const shownCharacters = 80

/**
 * Gives the content of an answer after a look at its beginning: devices and proxies answer with a log-in page, and say
 * 200 to it. `refusal` makes the failure from the beginning of the page, which is safe to show.
 */
export async function refuseWebPage(
  { headers, content }: Response,
  refusal: (beginning: string) => Error,
): Promise<AsyncIterable<Buffer>> {
  const pieces = content[Symbol.asyncIterator]()
  const first = await pieces.next()
  const type = headers['content-type'] ?? ''
  const beginning = first.done === true ? '' : first.value.subarray(0, 4 * shownCharacters).toString('utf8')
  if (/^text\/html\b/i.test(type.trim()) || /^\uFEFF?\s*<(!doctype html|html)[\s>]/i.test(beginning)) {
    await pieces.return()
    throw refusal(escapeUntrusted(beginning.trim(), shownCharacters))
  }
  return following(first.done === true ? undefined : first.value, pieces)
}

async function* following(
  first: Buffer | undefined,
  rest: AsyncGenerator<Buffer, void, void>,
): AsyncGenerator<Buffer> {
  try {
    if (first) yield first
    yield* rest
  } finally {
    await rest.return()
  }
}
