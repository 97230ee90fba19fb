/** One simple command as a shell would have understood it. */
export interface ShellLine {
  readonly words: readonly string[]
  /** File that takes the standard output, where there is one. */
  readonly output: string | undefined
  /** File that takes the error output, where there is one. */
  readonly errors: string | undefined
}

interface Token {
  readonly text: string
  readonly isRedirection: boolean
}

const active = new Set(';|&<()$`*?[]{}#!\n'.split(''))

/**
 * Reads one simple command with quotes, leading `NAME=value` settings and `>` or `2>` redirections.
 * Anything else a real shell could do gives `undefined`: this host has no shell, only a command table.
 */
export function parseShellLine(line: string): ShellLine | undefined {
  const tokens = tokenise(line)
  if (tokens === undefined) return undefined
  const words: string[] = []
  let output: string | undefined
  let errors: string | undefined
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) break
    if (!token.isRedirection) {
      words.push(token.text)
      continue
    }
    const target = tokens[index + 1]
    if (target === undefined || target.isRedirection) return undefined
    if (token.text === '2>') errors = target.text
    else output = target.text
    index += 1
  }
  const start = words[0] === 'env' ? 1 : 0
  const command = words.findIndex((word, index) => index >= start && !/^[A-Z_]+=/.test(word))
  return command === -1 ? undefined : { words: words.slice(command), output, errors }
}

/** What is left of the arguments when options are taken away. */
export function operands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  return end === -1 ? args.filter((arg) => !arg.startsWith('-')) : args.slice(end + 1)
}

function tokenise(line: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let word: string | undefined
  const close = (): void => {
    if (word !== undefined) tokens.push({ text: word, isRedirection: false })
    word = undefined
  }
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index] ?? ''
    if (sign === ' ' || sign === '\t') close()
    else if (sign === "'") {
      const end = line.indexOf("'", index + 1)
      if (end === -1) return undefined
      word = (word ?? '') + line.slice(index + 1, end)
      index = end
    } else if (sign === '\\') {
      word = (word ?? '') + (line[index + 1] ?? '')
      index += 1
    } else if (sign === '>') {
      const isErrors = word === '2'
      if (isErrors) word = undefined
      close()
      tokens.push({ text: isErrors ? '2>' : '>', isRedirection: true })
    } else if (sign === '"' || active.has(sign)) return undefined
    else word = (word ?? '') + sign
  }
  close()
  return tokens
}
