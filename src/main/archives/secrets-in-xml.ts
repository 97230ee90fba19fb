import { isSecretKey } from './secret-keys.ts'
import { secretsInLines } from './secrets-in-lines.ts'
import { trimmed, type Span } from './span.ts'
import { attributesOf, tagName, xmlTokens, type XmlToken } from './xml-tokens.ts'

/** Attributes that say what the value beside them, or the text inside, is. */
const nameAttributes: ReadonlySet<string> = new Set(['name', 'key', 'id', 'property'])
const valueAttributes: ReadonlySet<string> = new Set(['value', 'content', 'default'])
/** Elements whose text says what the next element holds, as property lists do. */
const nameElements: ReadonlySet<string> = new Set(['key', 'name'])

/**
 * Secrets of a text that should be XML: text of elements and values of attributes that are named like secrets, or that
 * stand beside such a name. What does not read as XML is looked at line by line.
 */
export function* secretsInXml(text: string): Generator<Span> {
  const scan = new XmlScan(text)
  const tokens = xmlTokens(text)
  for (;;) {
    const next = tokens.next()
    if (next.done === true) break
    yield* scan.take(next.value)
  }
  const rest = scan.end
  if (rest >= text.length) return
  for (const { start, end } of secretsInLines(text.slice(rest), { path: '', isYaml: false }))
    yield { start: start + rest, end: end + rest }
}

class XmlScan {
  end = 0
  readonly #text: string
  /** For each open element its name, and whether its inside is a secret. */
  readonly #open: { readonly name: string; readonly isSecret: boolean }[] = []
  #isNextSecret = false

  constructor(text: string) {
    this.#text = text
  }

  *take(token: XmlToken): Generator<Span> {
    this.end = token.end
    switch (token.kind) {
      case 'open':
      case 'empty':
        yield* this.#element(token)
        return
      case 'close':
        this.#open.pop()
        return
      case 'text':
        yield* this.#content(trimmed(this.#text, token))
        return
      case 'data':
        yield* this.#content({ start: token.start + '<![CDATA['.length, end: token.end - ']]>'.length })
        return
      case 'comment':
        for (const { start, end } of secretsInLines(
          this.#text.slice(token.start + 4, token.end - 3),
          inComment,
        ))
          yield { start: start + token.start + 4, end: end + token.start + 4 }
        return
      case 'instruction':
      case 'doctype':
    }
  }

  *#element(token: XmlToken): Generator<Span> {
    const name = localName(tagName(this.#text, token))
    const attributes = [...attributesOf(this.#text, token)]
    const isNamed = attributes.some(
      ({ name: attribute, start, end }) =>
        nameAttributes.has(localName(attribute).toLowerCase()) && isSecretKey(this.#text.slice(start, end)),
    )
    const isSecret =
      isNamed || isSecretKey(name) || this.#isNextSecret || this.#open.at(-1)?.isSecret === true
    this.#isNextSecret = false
    for (const { name: attribute, start, end } of attributes) {
      const isValue = isSecret && valueAttributes.has(localName(attribute).toLowerCase())
      if (isValue || isSecretKey(localName(attribute))) yield { start, end }
    }
    if (token.kind === 'open') this.#open.push({ name, isSecret })
  }

  *#content(content: Span): Generator<Span> {
    const around = this.#open.at(-1)
    if (content.start >= content.end || around === undefined) return
    if (around.isSecret) yield content
    else if (nameElements.has(around.name.toLowerCase()))
      this.#isNextSecret = isSecretKey(this.#text.slice(content.start, content.end))
  }
}

const inComment = { path: '', isYaml: false }

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
