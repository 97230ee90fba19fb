interface Member {
  readonly key: string
  readonly start: number
  readonly valueStart: number
  readonly valueEnd: number
}

/**
 * Takes a member out of the text of a JSON document and leaves every other character as it is: numbers keep their
 * spelling and names their order. The text has been parsed before. Without such a member it is given back.
 */
export function cutMember(text: string, path: readonly string[]): string {
  let rest = text
  for (;;) {
    const shorter = cutOnce(rest, path, skipSpace(rest, 0))
    if (shorter === undefined) return rest
    // A name may stand there twice; then the last one counts for whoever parses it.
    rest = shorter
  }
}

function cutOnce(text: string, [name, ...below]: readonly string[], at: number): string | undefined {
  if (text[at] !== '{') return undefined
  const members = membersAt(text, at)
  const index = members.findIndex(({ key }) => key === name)
  const member = members[index]
  if (!member) return undefined
  if (below.length > 0) return cutOnce(text, below, member.valueStart)
  const next = members[index + 1]
  const before = members[index - 1]
  const from = next || !before ? member.start : before.valueEnd
  return text.slice(0, from) + text.slice(next ? next.start : member.valueEnd)
}

function membersAt(text: string, open: number): readonly Member[] {
  const members: Member[] = []
  let at = skipSpace(text, open + 1)
  while (text[at] === '"') {
    const keyEnd = skipString(text, at)
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const valueEnd = skipValue(text, valueStart)
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, start: at, valueStart, valueEnd })
    const behind = skipSpace(text, valueEnd)
    at = text[behind] === ',' ? skipSpace(text, behind + 1) : behind
  }
  return members
}

function skipValue(text: string, start: number): number {
  if (text[start] === '"') return skipString(text, start)
  let at = start
  let depth = 0
  while (at < text.length) {
    const sign = text[at] ?? ''
    if (sign === '"') {
      at = skipString(text, at)
      continue
    }
    if ('{['.includes(sign)) depth += 1
    else if ('}]'.includes(sign)) {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (depth === 0 && (sign === ',' || isSpace(sign))) return at
    at += 1
  }
  return at
}

function skipString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (isSpace(text[at] ?? '')) at += 1
  return at
}

function isSpace(sign: string): boolean {
  return sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t'
}
