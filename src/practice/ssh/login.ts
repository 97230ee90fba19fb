import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthContext, PublicKeyAuthContext } from 'ssh2'
import ssh2 from 'ssh2'
import type { Witness } from '../witness.ts'
import { endedWith } from './logged.ts'

/** Who may log in, and with what. */
export interface SshUser {
  readonly user: string
  readonly password: string
  /** Public keys that let in without the password, one line each as in `authorized_keys`. */
  readonly authorizedKeys?: readonly string[]
}

/**
 * What a server says to one attempt to log in: `accepted` lets in, `key-known` says that a signature with this key
 * would do, `refused` asks for something else.
 */
type LoginAnswer = 'accepted' | 'key-known' | 'refused'

/**
 * Answers one attempt to log in and tells whether the user is in. Every attempt by password or by key is in the
 * witness as `AUTH`; every other method is refused.
 */
export function answerLogin(
  witness: Witness,
  context: AuthContext,
  { found, number }: { readonly found: SshUser | undefined; readonly number: number },
): boolean {
  const answer = judgeLogin(context, found)
  if (context.method !== 'none') {
    const request = { method: 'AUTH', path: `${context.method} ${answer}`, connection: number }
    witness.arrived(request).finish(endedWith(answer === 'refused' ? 1 : 0, { user: context.username }))
  }
  if (answer === 'refused') context.reject(['publickey', 'password'])
  else context.accept()
  return answer === 'accepted'
}

function judgeLogin(context: AuthContext, user: SshUser | undefined): LoginAnswer {
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
