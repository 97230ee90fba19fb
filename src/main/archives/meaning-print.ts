import { coverSecrets } from './masking.ts'
import type { MeaningNode } from './meaning-document.ts'
import { clip, type PathStep } from './meaning-path.ts'
import { isSecretKey } from './secret-keys.ts'

const lengthAtMost = 300
/** More than is shown, so that a secret is known by its form before it is cut. */
const lookedAt = 4000
const telling: ReadonlySet<string> = new Set(['name', 'key', 'id'])

/** True for the name of a member, or of a thing in a list, that holds a secret. */
export function isSecretStep(step: PathStep): boolean {
  if (step.kind === 'member') return isSecretKey(step.name)
  return telling.has(step.by ?? '') && isSecretKey(step.label)
}

/** A value as JSON on one line, clipped, its secrets covered. */
export function printed(node: MeaningNode): string {
  const pieces: string[] = []
  let room = lookedAt
  const put = (text: string): void => {
    pieces.push(text.length > room ? text.slice(0, Math.max(0, room)) : text)
    room -= text.length
  }
  print(node, put, () => room < 0)
  const { text } = coverSecrets(pieces.join(''), { path: '', language: 'json' })
  return clip(text, lengthAtMost)
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
    print(value, put, isFull)
  }
  put(closing)
}

function* unnamed(items: readonly MeaningNode[]): Generator<readonly [undefined, MeaningNode]> {
  for (const item of items) yield [undefined, item]
}
