import { randomBytes } from 'node:crypto'

/** The name of the console's cookie. */
export const sessionCookie = 'epp_session'

/** Who is logged in to the console. Sessions live in memory: a restart or a migration ends them all. */
export class Sessions {
  readonly #users = new Map<string, string>()

  /** Opens a session and answers the cookie's value. */
  open(user: string): string {
    const token = randomBytes(18).toString('base64url')
    this.#users.set(token, user)
    return token
  }

  /** The user whose session the `Cookie` header names. */
  userOf(cookies: string | undefined): string | undefined {
    const token = tokenIn(cookies)
    return token === undefined ? undefined : this.#users.get(token)
  }

  close(cookies: string | undefined): void {
    const token = tokenIn(cookies)
    if (token !== undefined) this.#users.delete(token)
  }

  clear(): void {
    this.#users.clear()
  }
}

function tokenIn(cookies: string | undefined): string | undefined {
  for (const cookie of (cookies ?? '').split(';')) {
    const [name, value] = cookie.trim().split('=')
    if (name === sessionCookie) return value
  }
  return undefined
}
