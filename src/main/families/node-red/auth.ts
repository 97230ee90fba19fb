import { FailureError } from '../../../shared/failure.ts'
import type { Credentials } from '../../transport/credentials.ts'
import type { HttpsAnswer, HttpsSession } from '../../transport/https.ts'
import { loginSchema, tokenSchema } from './answers.ts'
import { answerOf } from './answer.ts'

export interface LogInRequest {
  readonly deviceName: string
  /** Path before that of every request, without a slash at its end; empty where there is none. */
  readonly adminRoot: string
  readonly credentials: Credentials | undefined
  /** How long saying goodbye may take, in milliseconds. */
  readonly logoutMs: number
  readonly signal: AbortSignal
}

/** The client id that the command line tool of Node-RED uses; an instance knows it from its beginning. */
const clientId = 'node-red-admin'

/**
 * Asks how the instance lets people in, and logs in where that takes a name and a password. Gives the token, or
 * `undefined` where the instance is open: then no credentials are sent.
 * @throws FailureError `login-refused`, `credentials-needed`, `wrong-family`, `unexpected-answer`, `device-refused`
 */
export async function logIn(link: HttpsSession, request: LogInRequest): Promise<string | undefined> {
  const { address } = link
  const path = `${request.adminRoot}/auth/login`
  const asked = answerOf(await link.request({ method: 'GET', path, signal: request.signal }))
  const how = loginSchema.safeParse(asked.body)
  if (asked.status !== 200 || !how.success) {
    const detail = `${path} answers with status ${asked.status} and not as Node-RED does`
    throw new FailureError({ code: 'wrong-family', address, family: 'node-red', detail })
  }
  const { type } = how.data
  if (type === undefined) return undefined
  if (type === 'credentials') return await fetchToken(link, request)
  throw new FailureError({
    code: 'device-refused',
    address,
    request: `GET ${path}`,
    status: asked.status,
    detail: 'it lets people in through another site only',
    diagnosis: '',
  })
}

async function fetchToken(link: HttpsSession, request: LogInRequest): Promise<string> {
  const { credentials, deviceName, adminRoot, signal } = request
  const { address } = link
  if (credentials?.kind !== 'password') {
    throw new FailureError({ code: 'credentials-needed', device: deviceName })
  }
  const { user, password } = credentials
  const answer = answerOf(
    await post(link, `${adminRoot}/auth/token`, signal, {
      client_id: clientId,
      grant_type: 'password',
      // All that the user may do; asking for more than that is refused like a wrong password (4.1, observed).
      scope: '',
      username: user,
      password,
    }),
  )
  // 403 for a wrong password (4.1, observed); 429 where too many were tried.
  if ([400, 401, 403, 429].includes(answer.status)) {
    throw new FailureError({ code: 'login-refused', address, user })
  }
  const token = tokenSchema.safeParse(answer.body)
  if (answer.status === 200 && token.success) return token.data.access_token
  const detail = `status ${answer.status} without a token`
  throw new FailureError({ code: 'unexpected-answer', address, request: 'POST /auth/token', detail })
}

/** Has the instance forget a token. */
export async function revoke(
  link: HttpsSession,
  adminRoot: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  await post(link, `${adminRoot}/auth/revoke`, signal, { token }, token)
}

async function post(
  link: HttpsSession,
  path: string,
  signal: AbortSignal,
  fields: Readonly<Record<string, string>>,
  token?: string,
): Promise<HttpsAnswer> {
  const bytes = Buffer.from(new URLSearchParams(fields).toString())
  return await link.request({
    method: 'POST',
    path,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: { lengthBytes: bytes.length, pieces: [bytes] },
    signal,
  })
}
