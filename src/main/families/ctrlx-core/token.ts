import { z } from '../../../shared/schema.ts'

const claimsSchema = z.looseObject({
  scope: z.union([z.array(z.string().max(400)).max(10_000), z.string().max(100_000)]).optional(),
})

/**
 * The rights that a token names; `undefined` where it names none that can be read. The token is not verified
 * here: what it may do is decided by the device, this is only shown and checked beforehand.
 */
export function rightsOf(token: string): readonly string[] | undefined {
  const [, payload] = token.split('.')
  if (payload === undefined) return undefined
  const claims = claimsSchema.safeParse(parse(payload))
  const scope = claims.success ? claims.data.scope : undefined
  return typeof scope === 'string' ? scope.split(/\s+/).filter((right) => right !== '') : scope
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown
  } catch {
    // Not a token of the described kind: its rights are not known.
    return undefined
  }
}
