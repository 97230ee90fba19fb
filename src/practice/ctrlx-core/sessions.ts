import { createHmac, randomBytes } from 'node:crypto'
import type { UserState } from './device-state.ts'

/** One login that has neither ended nor expired. Times are seconds since 1970, as in the token. */
export interface Session {
  readonly id: string
  readonly user: string
  readonly permissions: readonly string[]
  readonly token: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly clientIp: string
}

/** How long logins last and how many there may be. */
export interface SessionPolicy {
  readonly tokenValiditySeconds: number
  readonly maxSessionsPerUser: number
  /** Failed logins of one user before it has to wait; 0 means never. */
  readonly maxFailedLogins: number
  readonly lockSeconds: number
}

/** As observed on 4.6 devices, except for the lock, which the vendor leaves open. */
export const usualPolicy: SessionPolicy = {
  tokenValiditySeconds: 28_800,
  maxSessionsPerUser: 100,
  maxFailedLogins: 5,
  lockSeconds: 60,
}

/** The logins of one device. They live in memory: a reboot ends them all. */
export class Sessions {
  readonly #clock: () => number
  readonly #sessions = new Map<string, Session>()
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>()
  #key = randomBytes(32)
  policy: SessionPolicy

  constructor(clock: () => number, policy: SessionPolicy) {
    this.#clock = clock
    this.policy = policy
  }

  /** A new session, or undefined when the user has as many as allowed. */
  open(user: UserState, clientIp: string): Session | undefined {
    const mine = this.list().filter((session) => session.user === user.name)
    const { maxSessionsPerUser, tokenValiditySeconds } = this.policy
    if (maxSessionsPerUser > 0 && mine.length >= maxSessionsPerUser) return undefined
    const issuedAt = this.#seconds()
    const expiresAt = issuedAt + tokenValiditySeconds
    const id = randomBytes(9).toString('base64url')
    const claims = {
      id: user.id,
      name: user.name,
      iat: issuedAt,
      exp: expiresAt,
      scope: user.permissions,
      nonce: id,
      plchandle: 0,
      remoteauth: '',
    }
    const session = {
      id,
      user: user.name,
      permissions: user.permissions,
      token: this.#sign(claims),
      issuedAt,
      expiresAt,
      clientIp,
    }
    this.#sessions.set(session.token, session)
    return session
  }

  /** The session of this token while it lasts. */
  find(token: string): Session | undefined {
    return this.list().find((session) => session.token === token)
  }

  list(): readonly Session[] {
    for (const session of this.#sessions.values()) {
      if (session.expiresAt <= this.#seconds()) this.#sessions.delete(session.token)
    }
    return [...this.#sessions.values()]
  }

  /** Ends the session with this token or this id; false when there is none. */
  close(tokenOrId: string): boolean {
    const session = this.list().find(({ token, id }) => token === tokenOrId || id === tokenOrId)
    return session !== undefined && this.#sessions.delete(session.token)
  }

  /** Ends every session, as a reboot does: a token from before means nothing afterwards. */
  clear(): void {
    this.#sessions.clear()
    this.#key = randomBytes(32)
  }

  isLocked(user: string): boolean {
    return (this.#failures.get(user)?.lockedUntil ?? 0) > this.#seconds()
  }

  noteFailure(user: string): void {
    const { maxFailedLogins, lockSeconds } = this.policy
    const count = (this.#failures.get(user)?.count ?? 0) + 1
    const locks = maxFailedLogins > 0 && count >= maxFailedLogins
    this.#failures.set(user, {
      count: locks ? 0 : count,
      lockedUntil: locks ? this.#seconds() + lockSeconds : 0,
    })
  }

  noteSuccess(user: string): void {
    this.#failures.delete(user)
  }

  #seconds(): number {
    return Math.floor(this.#clock() / 1000)
  }

  #sign(claims: Readonly<Record<string, unknown>>): string {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
    return `${unsigned}.${createHmac('sha256', this.#key).update(unsigned).digest('base64url')}`
  }
}
