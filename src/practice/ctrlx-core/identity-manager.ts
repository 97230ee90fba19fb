import { json, noContent, Refusal } from './answer.ts'
import type { Answer } from './answer.ts'
import type { UserState } from './device-state.ts'
import { fullAccess } from './factory.ts'
import { refuse } from './problem.ts'
import type { Call, Route } from './route.ts'
import { isRecord, readJsonObject } from './route.ts'
import { hashPassword, matchesPassword } from './secrets.ts'
import type { Session } from './sessions.ts'

const v1 = '/identity-manager/api/v1'
const v2 = '/identity-manager/api/v2'
const passwordPolicy = {
  remember: 0,
  minLen: 12,
  minDigit: 1,
  minUppercase: 1,
  minLowercase: 1,
  minSpecial: 0,
  rejectUsername: false,
  expiresAfterDays: 0,
}
const reservedNames = ['root']

export const identityManagerRoutes: readonly Route[] = [
  { method: 'POST', pattern: `${v1}/auth/token`, access: 'open', handle: logInV1 },
  { method: 'DELETE', pattern: `${v1}/auth/token`, access: 'open', handle: logOut },
  ...[
    { method: 'POST', pattern: `${v2}/auth/token`, access: 'open', handle: logIn },
    { method: 'DELETE', pattern: `${v2}/auth/token`, access: 'open', handle: logOut },
    { method: 'GET', pattern: `${v2}/auth/token/validity`, access: 'open', handle: tellValidity },
    { method: 'GET', pattern: `${v2}/sessions`, access: 'full', handle: listSessions },
    { method: 'DELETE', pattern: `${v2}/sessions/{id}`, access: 'full', handle: closeSession },
    { method: 'GET', pattern: `${v2}/settings/session`, access: 'full', handle: readPolicy },
    { method: 'PUT', pattern: `${v2}/settings/session`, access: 'full', handle: writePolicy },
    { method: 'GET', pattern: `${v2}/settings/loginbanner`, access: 'open', handle: readBanner },
  ].map((route): Route => ({ ...(route as Route), exists: (profile) => profile.hasIdentityV2 })),
  {
    method: 'GET',
    pattern: `${v2}/setup/state`,
    access: 'open',
    exists: (profile) => profile.hasCommissioning,
    handle: readCommissioning,
  },
  {
    method: 'POST',
    pattern: `${v2}/setup`,
    access: 'open',
    exists: (profile) => profile.hasCommissioning,
    handle: commission,
  },
]

async function logIn(call: Call): Promise<Answer> {
  const user = await checkCredentials(call)
  if (call.query.get('dryrun') === 'true') return noContent()
  const session = openSession(call, user)
  const host = call.headers.host ?? 'localhost'
  return json(
    201,
    { access_token: session.token, token_type: 'Bearer' },
    { location: `https://${host}${v2}/sessions/${session.id}` },
  )
}

/** Version 1 says the same with errors of another shape. */
async function logInV1(call: Call): Promise<Answer> {
  try {
    const session = openSession(call, await checkCredentials(call))
    return json(201, { access_token: session.token, token_type: 'Bearer' })
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const message = refusal.answer.status === 401 ? 'Invalid credentials' : 'Bad request'
    return json(refusal.answer.status, { message, moreInfo: '' })
  }
}

async function checkCredentials(call: Call): Promise<UserState> {
  const { name, password } = await readJsonObject(call)
  if (typeof name !== 'string' || typeof password !== 'string') throw refuse(400, call.path)
  const { sessions, state } = call.device
  const user = state.users.find((each) => each.name === name && each.enabled)
  const isRight = user?.passwordHash !== undefined && matchesPassword(password, user.passwordHash)
  if (user === undefined || !isRight || sessions.isLocked(name)) {
    sessions.noteFailure(name)
    throw refuse(401, call.path)
  }
  sessions.noteSuccess(name)
  return user
}

function openSession(call: Call, user: UserState): Session {
  const session = call.device.sessions.open(user, call.clientIp)
  if (session === undefined) throw refuse(400, call.path, { dynamicDescription: 'Too many sessions' })
  return session
}

function logOut({ device, session }: Call): Answer {
  if (session !== undefined) device.sessions.close(session.token)
  return noContent()
}

function tellValidity({ session }: Call): Answer {
  return json(200, { valid: session !== undefined })
}

function listSessions({ device }: Call): Answer {
  return json(
    200,
    device.sessions.list().map((session) => ({
      type: 'local',
      id: session.id,
      name: session.user,
      clientIP: session.clientIp,
      scopes: session.permissions,
      systemUser: false,
      typeDetail: 'web',
      creationDate: session.issuedAt,
      lastAccessDate: session.issuedAt,
      expirationDate: session.expiresAt,
      timeoutDuration: 0,
    })),
  )
}

function closeSession({ device, params, path }: Call): Answer {
  if (!device.sessions.close(params['id'] ?? '')) throw refuse(404, path)
  return noContent()
}

function readPolicy({ device }: Call): Answer {
  const { policy } = device.sessions
  return json(200, {
    sessionTimeout: 0,
    maxTicketsPerUser: policy.maxFailedLogins,
    maxSessionsPerUser: policy.maxSessionsPerUser,
    ticketValidity: policy.lockSeconds,
    tokenValidity: policy.tokenValiditySeconds,
  })
}

async function writePolicy(call: Call): Promise<Answer> {
  const { maxTicketsPerUser, maxSessionsPerUser, ticketValidity, tokenValidity } = await readJsonObject(call)
  const numbers = [maxTicketsPerUser, maxSessionsPerUser, ticketValidity, tokenValidity]
  if (!numbers.every((value) => typeof value === 'number' && value >= 0)) throw refuse(400, call.path)
  const [maxFailedLogins, sessionsPerUser, lockSeconds, tokenValiditySeconds] = numbers.map(Number)
  call.device.sessions.policy = {
    maxFailedLogins: maxFailedLogins ?? 0,
    maxSessionsPerUser: sessionsPerUser ?? 0,
    lockSeconds: lockSeconds ?? 1,
    tokenValiditySeconds: tokenValiditySeconds ?? 0,
  }
  return noContent()
}

function readBanner(): Answer {
  return json(200, { text: 'Practice device: nothing here moves a machine.' })
}

function readCommissioning({ device }: Call): Answer {
  if (device.state.isCommissioned) return json(200, { state: 'completed' })
  return json(200, { state: 'required', passwordPolicy, reservedNames })
}

async function commission(call: Call): Promise<Answer> {
  if (call.device.state.isCommissioned) throw refuse(403, call.path)
  const { adminCredentials } = await readJsonObject(call)
  if (!isRecord(adminCredentials)) throw refuse(400, call.path)
  const { name, password } = adminCredentials
  if (typeof name !== 'string' || typeof password !== 'string') throw refuse(400, call.path)
  if (reservedNames.includes(name) || !followsPolicy(password)) throw refuse(400, call.path)
  const admin: UserState = {
    id: '1000',
    name,
    passwordHash: hashPassword(password),
    permissions: [fullAccess],
    groups: ['admin'],
    enabled: true,
    forcePasswordChange: false,
  }
  call.device.change({ users: [admin], isCommissioned: true })
  call.device.sessions.clear()
  return noContent()
}

function followsPolicy(password: string): boolean {
  return (
    password.length >= passwordPolicy.minLen &&
    /[A-Z]/.test(password) &&
    /[a-z]/.test(password) &&
    /\d/.test(password)
  )
}
