import type { MeaningNode } from './meaning-document.ts'
import { clip, type PathStep } from './meaning-path.ts'

const lengthAtMost = 300
const covered = '"•••"'

/** Members whose values are shown nowhere. */
const secretName = /passw|passphrase|secret|psk|token|credential|private_?key|api_?key|shared_?key/i

/** True for the name of a member, or of a thing in a list, that holds a secret. */
export function isSecretStep(step: PathStep): boolean {
  return secretName.test(
    step.kind === 'member' ? step.name : step.by === 'name' || step.by === 'key' ? step.label : '',
  )
}

/** A value as JSON on one line, clipped, its secrets covered. */
export function printed(node: MeaningNode): string {
  const pieces: string[] = []
  let room = lengthAtMost
  const put = (text: string): void => {
    pieces.push(text.length > room ? text.slice(0, room + 1) : text)
    room -= text.length
  }
  print(node, put, () => room < 0)
  return clip(pieces.join(''), lengthAtMost)
}

/** Depth is limited by how documents are read. */
function print(node: MeaningNode, put: (text: string) => void, isFull: () => boolean): void {
  if (node.kind === 'scalar') {
    put(node.text)
    return
  }
  const [opening, closing] = node.kind === 'list' ? ['[', ']'] : ['{', '}']
  put(opening)
  let separator = ''
  for (const [name, value] of node.kind === 'list' ? unnamed(node.items) : node.members) {
    if (isFull()) return
    put(separator)
    separator = ','
    if (name !== undefined) put(`${JSON.stringify(name)}:`)
    if (name !== undefined && secretName.test(name)) put(covered)
    else print(value, put, isFull)
  }
  put(closing)
}

function* unnamed(items: readonly MeaningNode[]): Generator<readonly [undefined, MeaningNode]> {
  for (const item of items) yield [undefined, item]
}
