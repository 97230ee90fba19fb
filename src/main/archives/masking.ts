import type { TextLanguage } from '../../shared/model/entry.ts'
import { secretsAnywhere } from './secrets-anywhere.ts'
import { holdsOnlySecrets, secretsInFile } from './secrets-in-file.ts'
import { secretsInJson } from './secrets-in-json.ts'
import { secretsInLines } from './secrets-in-lines.ts'
import { secretsInXml } from './secrets-in-xml.ts'
import type { Span } from './span.ts'

/** What stands in place of every secret, whatever its length was. */
export const cover = '••••••'

/**
 * Covers what nobody should see by chance: values of keys that are named like secrets, private keys, password hashes,
 * tokens and logins in addresses. Names stay to be seen. `masked` counts the covers. What is covered is told by names
 * and forms alone, so a secret under a harmless name stays in sight; the text is never longer than it was by more than
 * the covers.
 */
export function coverSecrets(
  text: string,
  { path, language }: { readonly path: string; readonly language: TextLanguage },
): { readonly text: string; readonly masked: number } {
  const merged = secretSpans(text, { path, language })
  const pieces: string[] = []
  let at = 0
  for (const { start, end } of merged) {
    pieces.push(text.slice(at, start), cover)
    at = end
  }
  pieces.push(text.slice(at))
  return { text: pieces.join(''), masked: merged.length }
}

/** The stretches that `coverSecrets` covers, in order, none over another. */
export function secretSpans(
  text: string,
  { path, language }: { readonly path: string; readonly language: TextLanguage },
): readonly Span[] {
  const spans = [...secretsIn(text, path, language), ...secretsInFile(text, path), ...secretsAnywhere(text)]
  return merge(spans.filter(({ start, end }) => start < end))
}

function secretsIn(text: string, path: string, language: TextLanguage): Iterable<Span> {
  switch (language) {
    case 'json':
      return secretsInJson(text, holdsOnlySecrets(path))
    case 'xml':
      return secretsInXml(text)
    case 'yaml':
    case 'plain':
      return secretsInLines(text, { path, isYaml: language === 'yaml' })
    case 'sql':
      return []
  }
}

/** Spans in order, none over another. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || span.start >= last.end) merged.push(span)
    else if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end }
  }
  return merged
}
