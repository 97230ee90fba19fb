/** What only the rules of this family ask of an identity. */
export const traits = {
  /** Node types that are installed and enabled, each with the module that brings it: `type`, tab, `module`; one a line. */
  nodeTypes: 'nodeTypes',
  /** Node types that the flows of an archive use, one a line. */
  usedTypes: 'usedTypes',
  /** How the credentials at rest are encrypted: `system`, `user`, `disabled`. */
  encryption: 'flowEncryptionType',
  nodejs: 'nodejs',
} as const

/** Lists that are kept as one text. */
export const lines = {
  join: (items: readonly string[]): string => items.join('\n'),
  split: (text: string): readonly string[] => (text === '' ? [] : text.split('\n')),
}

/** The module of each node type, from the text of `nodeTypes`. */
export function modulesByType(text: string): ReadonlyMap<string, string> {
  return new Map(
    lines.split(text).map((line) => {
      const [type = '', module = ''] = line.split('\t')
      return [type, module] as const
    }),
  )
}
