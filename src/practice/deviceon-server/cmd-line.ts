const active = new Set('&|<>^%\r\n'.split(''))

/**
 * Splits one line as `cmd.exe` and the programs it starts do: quotation marks keep words together, `\"` inside them is
 * a quotation mark. `undefined` for anything else that a command processor could do.
 */
export function parseCmdLine(line: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let isQuoted = false
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index] ?? ''
    if (sign === '\\' && isQuoted && line[index + 1] === '"') {
      word = `${word ?? ''}"`
      index += 1
    } else if (sign === '"') {
      isQuoted = !isQuoted
      word ??= ''
    } else if (isQuoted) word = (word ?? '') + sign
    else if (active.has(sign)) return undefined
    else if (sign === ' ' || sign === '\t') {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + sign
  }
  if (isQuoted) return undefined
  if (word !== undefined) words.push(word)
  return words
}
