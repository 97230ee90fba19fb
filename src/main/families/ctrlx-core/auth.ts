import { FailureError } from '../../../shared/failure.ts'
import type { Credentials } from '../../transport/credentials.ts'
import type { HttpsAnswer, HttpsSession } from '../../transport/https.ts'
import { tokenSchema } from './answers.ts'
import { loginRefusal } from './problem.ts'
import { rightsOf } from './token.ts'

export type PasswordCredentials = Extract<Credentials, { readonly kind: 'password' }>

/** A session on the device. The token is only ever put into a header. */
export interface Login {
  readonly token: string
  readonly rights: readonly string[] | undefined
  /** Where it was made, and where it is ended. */
  readonly path: string
}

/** Devices up to about 1.20 know only the first. */
const generations = ['/identity-manager/api/v2/auth/token', '/identity-manager/api/v1/auth/token'] as const

/**
 * Asks for a session, once: a refused login is never tried again, because devices lock accounts.
 * @throws FailureError `login-refused`, `sessions-exhausted`, `wrong-family`, `unexpected-answer`, `device-refused`,
 * and those of `HttpsSession.request`
 */
export async function logIn(
  link: HttpsSession,
  { user, password }: PasswordCredentials,
  signal: AbortSignal,
): Promise<Login> {
  const bytes = Buffer.from(JSON.stringify({ name: user, password }))
  for (const path of generations) {
    const answer = await link.request({
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/json' },
      body: { lengthBytes: bytes.length, pieces: [bytes] },
      signal,
    })
    if (answer.status !== 404) return readLogin(answer, path, { address: link.address, user })
  }
  throw new FailureError({
    code: 'wrong-family',
    address: link.address,
    family: 'ctrlx-core',
    detail: 'it has no login of a ctrlX device',
  })
}

/** Ends a session. */
export async function logOut(link: HttpsSession, { token, path }: Login, signal: AbortSignal): Promise<void> {
  await link.request({ method: 'DELETE', path, headers: { Authorization: `Bearer ${token}` }, signal })
}

function readLogin(
  { status, body }: HttpsAnswer,
  path: string,
  { address, user }: { readonly address: string; readonly user: string },
): Login {
  const request = `POST ${path}`
  const document = parseJson(body)
  if (status < 200 || status > 299) throw loginRefusal(status, document, { address, user, request })
  const parsed = tokenSchema.safeParse(document)
  if (!parsed.success) {
    // What came instead is not shown: it may hold a token.
    const detail = 'no token'
    throw new FailureError({ code: 'unexpected-answer', address, request, detail })
  }
  const token = parsed.data.access_token
  return { token, rights: rightsOf(token), path }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    // No JSON is no token; the caller says so.
    return undefined
  }
}
