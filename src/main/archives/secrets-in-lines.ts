import { isSecretKey } from './secret-keys.ts'
import { closingQuote, trimmed, type Span } from './span.ts'

/** `key = value`, `key: value`, also as a comment, an item of a list, or behind a word of a shell or a script. */
const assignment =
  /^[ \t]*(?:[-#;*][ \t]*){0,3}(?:(?:export|set|setenv|declare|const|let|var|ENV|ARG)[ \t]+)?(["']?)([\p{L}_$][\p{L}\p{N}_$.\- ]{0,80}?)\1[ \t]*(?:=>|:=|=|:(?![/\\]))[ \t]*/u
/** Words in front of a value with nothing but blanks between, in files that are known to be settings. */
const word =
  /(?<![\p{L}\p{N}_-])(?:password|passwd|passphrase|secret|psk|rocommunity6?|rwcommunity6?)[ \t]+(?![=:])(?=\S)/iu
const settingsFile = /(?:\.(?:conf|cfg|cnf|config|ini|netrc|rsc)|\/?etc\/[^.]*)$/i
const blockScalar = /^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/

export interface LinesOptions {
  readonly path: string
  readonly isYaml: boolean
}

/**
 * Secrets of a text that is read line by line: settings of any kind, scripts, and YAML, in which everything that is
 * indented below a secret key belongs to it.
 */
export function* secretsInLines(text: string, { path, isYaml }: LinesOptions): Generator<Span> {
  const isSettings = settingsFile.test(path)
  /** How far a secret key is indented whose value may go on in the following lines. */
  let below: number | undefined
  let goesOn = false
  for (let start = 0; start < text.length;) {
    const newLine = text.indexOf('\n', start)
    const end = newLine < 0 ? text.length : newLine
    const whole = { start, end }
    const content = trimmed(text, whole)
    start = end + 1
    if (content.start >= content.end) continue
    const indent = content.start - whole.start
    const isItem = text.startsWith('- ', content.start)
    if (goesOn || (below !== undefined && (indent > below || (isItem && indent === below)))) {
      yield content
      goesOn = goesOn && endsWithBackslash(text, content)
      continue
    }
    below = undefined
    const line = text.slice(whole.start, Math.min(whole.end, whole.start + 4096))
    const found = assignment.exec(line)
    if (found !== null && isSecretKey(found[2] ?? '')) {
      const value = trimmed(text, { start: whole.start + found[0].length, end: whole.end })
      if (isYaml) below = indent + (isItem ? 2 : 0)
      if (isYaml && blockScalar.test(text.slice(value.start, Math.min(value.end, value.start + 100))))
        continue
      goesOn = !isYaml && endsWithBackslash(text, value)
      yield valueOf(text, value)
    } else if (isSettings) {
      const said = word.exec(line)
      if (said !== null)
        yield trimmed(text, { start: whole.start + said.index + said[0].length, end: whole.end })
    }
  }
}

/** The inside of quotes where the value is one quoted text, maybe with a comma or a comment behind; else all of it. */
function valueOf(text: string, { start, end }: Span): Span {
  const quote = text.charAt(start)
  if (quote !== '"' && quote !== "'" && quote !== '`') return { start, end }
  const closing = closingQuote(text, start + 1, quote, end)
  const behind = text.slice(closing + 1, Math.min(end, closing + 200)).trimStart()
  return behind === '' || /^[,;#)}]/.test(behind) ? { start: start + 1, end: closing } : { start, end }
}

function endsWithBackslash(text: string, { start, end }: Span): boolean {
  return end > start && text.charAt(end - 1) === '\\'
}
