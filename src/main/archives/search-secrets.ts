import type { TextLanguage } from '../../shared/model/entry.ts'
import { secretSpans } from './masking.ts'
import type { Span } from './span.ts'

/** Whoever sees so much of an encoded value, and not where it begins, sees a key as likely as anything else. */
const encodedAtLeast = 400
/** One run of such characters, or the lines that one was broken into. */
const encoded = /^[\w+/=\\-]*(?:[\r\n]+[\w+/=\\-]{40,})*[\r\n]*[\w+/=\\-]*/

/**
 * What of a few lines out of a file must not be shown: what a preview of the whole file would cover, as far as it can be
 * told from them. They may begin anywhere, inside a value in quotes too, so both readings count; and an encoded value
 * whose beginning, and with it its name, is out of sight is covered.
 */
export function secretsAround(
  text: string,
  of: { readonly path: string; readonly language: TextLanguage },
): readonly Span[] {
  const plain = secretSpans(text, of)
  const quoted = secretSpans(`"${text}`, of).map(({ start, end }) => ({
    start: Math.max(0, start - 1),
    end: end - 1,
  }))
  const beginning = encoded.exec(text)?.[0].length ?? 0
  const cut = beginning >= encodedAtLeast ? [{ start: 0, end: beginning }] : []
  return joined([...plain, ...quoted, ...cut])
}

function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || span.start >= last.end) result.push(span)
    else if (span.end > last.end) result[result.length - 1] = { start: last.start, end: span.end }
  }
  return result
}
