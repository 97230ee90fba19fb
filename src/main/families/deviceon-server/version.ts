import { isFailure } from '../../../shared/failure.ts'
import type { Credentials } from '../../transport/credentials.ts'
import type { SshSession } from '../../transport/ssh.ts'
import type { ServerFacts } from './facts.ts'
import { readVersion } from './values.ts'

/** `refused`: the portal answers and does not let this account in by name and password alone. */
export type PortalAnswer =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'not-asked' | 'silent' | 'refused' | 'not-understood' }

/** Known from the vendor's client code; the shape of its answer is not. */
const path = '/rmm/v1/appinfo/version'

/**
 * Asks the portal for the version, inside the SSH connection. Whatever the portal does, it is an answer: only a lost
 * connection or a cancel is thrown.
 * @throws FailureError `connection-lost`, `cancelled`
 */
export async function askVersion(
  ssh: SshSession,
  login: { readonly facts: ServerFacts; readonly credentials: Credentials },
  { signal, limitMs }: { readonly signal: AbortSignal; readonly limitMs: number },
): Promise<PortalAnswer> {
  const { facts, credentials } = login
  if (facts.portalUser === undefined || credentials.kind !== 'password') return { kind: 'not-asked' }
  const token = Buffer.from(`${facts.portalUser}:${credentials.password}`).toString('base64')
  try {
    const { status, body } = await ssh.ask({
      port: facts.portalPort,
      path,
      headers: { authorization: `Basic ${token}` },
      signal,
      idleMs: limitMs,
      totalMs: limitMs,
    })
    if (status === 401 || status === 403) return { kind: 'refused' }
    const version = status === 200 ? parseVersion(body.toString()) : undefined
    return version === undefined ? { kind: 'not-understood' } : { kind: 'version', version }
  } catch (error) {
    if (!ssh.alive || signal.aborted) throw error
    const isPortals = (['unexpected-answer', 'device-silent', 'connection-lost'] as const).some((code) =>
      isFailure(error, code),
    )
    if (isPortals) return { kind: 'silent' }
    throw error
  }
}

/** A version of three numbers in a JSON field `version`, or as the whole of a plain text; anything else is unknown. */
export function parseVersion(body: string): string | undefined {
  const text = body.trim()
  const value = fieldOf(text)
  if (value !== undefined) return readVersion(value)
  return /^"?v?\d+\.\d+\.\d+"?$/i.test(text) ? readVersion(text) : undefined
}

function fieldOf(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('version' in value)) return ''
    return typeof value.version === 'string' ? value.version : ''
  } catch {
    // Not JSON, whatever it begins with: then it says nothing that is understood.
    return ''
  }
}
