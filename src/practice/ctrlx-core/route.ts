import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import type { Device } from './device.ts'
import { fullAccess } from './factory.ts'
import { refuse } from './problem.ts'
import type { Profile } from './profiles.ts'
import type { RequestBody } from './request-body.ts'
import type { Session } from './sessions.ts'

/** One request as a handler sees it. */
export interface Call {
  readonly device: Device
  readonly method: string
  /** Without query, as it came. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly session: Session | undefined
  readonly body: RequestBody
  readonly clientIp: string
}

/** Who may call: anybody, anybody logged in, or only a user with full access. */
export type Access = 'open' | 'login' | 'full'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{name}` stands for one part of the path, `{name*}` for the rest of it. */
  readonly pattern: string
  readonly access: Access | ((profile: Profile) => Access)
  /** Which releases have it; all unless told otherwise. */
  readonly exists?: (profile: Profile) => boolean
  readonly handle: (call: Call) => Answer | Promise<Answer>
}

/** The route for a request with the parameters of its path, or undefined when this release has none. */
export function findRoute(
  routes: readonly Route[],
  profile: Profile,
  request: { readonly method: string; readonly path: string },
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    if (route.method !== request.method || route.exists?.(profile) === false) continue
    const params = matchPattern(route.pattern, request.path)
    if (params !== undefined) return { route, params }
  }
  return undefined
}

/** Throws the vendor's 401 or 403 when the caller may not use the route. */
export function checkAccess(route: Route, profile: Profile, call: Pick<Call, 'session' | 'path'>): void {
  const access = typeof route.access === 'function' ? route.access(profile) : route.access
  if (access === 'open') return
  if (call.session === undefined) throw refuse(401, call.path)
  if (access === 'full' && !hasFullAccess(call.session)) {
    throw refuse(403, call.path, { requiredPermissions: fullAccess })
  }
}

export function hasFullAccess(session: Session | undefined): boolean {
  return session?.permissions.includes(fullAccess) ?? false
}

/** The body as a JSON object; anything else is refused with 400. */
export async function readJsonObject(call: Call): Promise<Readonly<Record<string, unknown>>> {
  const text = await call.body.text()
  const value = parseJson(text)
  if (!isRecord(value)) throw refuse(400, call.path, { dynamicDescription: 'The body is not a JSON object' })
  return value
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The parsed text, or undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function matchPattern(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const rest = /^\{(\w+)\*\}$/.exec(part)?.[1]
    if (rest !== undefined) {
      params[rest] = decode(given.slice(index).join('/'))
      return params
    }
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    const value = given[index]
    if (value === undefined) return undefined
    if (name === undefined ? part !== value : value === '') return undefined
    if (name !== undefined) params[name] = decode(value)
  }
  return wanted.length === given.length ? params : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
