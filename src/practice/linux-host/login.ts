import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthContext, PublicKeyAuthContext } from 'ssh2'
import ssh2 from 'ssh2'
import type { HostUser } from './options.ts'

/**
 * What a host says to one attempt to log in: `accepted` lets in, `key-known` says that a signature with this key
 * would do, `refused` asks for something else.
 */
export type LoginAnswer = 'accepted' | 'key-known' | 'refused'

/** Judges one attempt by password or by key; every other method is refused. */
export function judgeLogin(context: AuthContext, user: HostUser | undefined): LoginAnswer {
  if (user === undefined) return 'refused'
  if (context.method === 'password') return isEqual(context.password, user.password) ? 'accepted' : 'refused'
  if (context.method === 'publickey') return judgeKey(context, user.authorizedKeys ?? [])
  return 'refused'
}

function judgeKey(context: PublicKeyAuthContext, authorizedKeys: readonly string[]): LoginAnswer {
  for (const line of authorizedKeys) {
    const key = ssh2.utils.parseKey(line)
    if (key instanceof Error || !key.getPublicSSH().equals(context.key.data)) continue
    if (context.signature === undefined || context.blob === undefined) return 'key-known'
    return key.verify(context.blob, context.signature, context.hashAlgo) ? 'accepted' : 'refused'
  }
  return 'refused'
}

function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
