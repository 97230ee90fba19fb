import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'

/** What the vendor's schema of the setup file does not allow in `document`; empty when all is well. */
export function checkSetupDocument(folder: string, document: unknown): readonly string[] {
  const schema = JSON.parse(readFileSync(join(folder, 'setup.v1.schema.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const ajv = new Ajv({ strict: false, allErrors: true })
  // Draft 7, in which the schema is written, ignores what stands beside a $ref; the validator would not.
  const { $ref, definitions } = schema
  const validate = ajv.compile({ $ref, definitions: lonelyReferences(definitions) })
  if (validate(document)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

function lonelyReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(lonelyReferences)
  if (typeof node !== 'object' || node === null) return node
  const { $ref } = node as { $ref?: unknown }
  if (typeof $ref === 'string') return { $ref }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, lonelyReferences(value)]))
}
