import { isFailure } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Credentials } from './credentials.ts'
import type { Deadlines } from './deadlines.ts'
import { checkPin, type OfferedPin } from './pins.ts'
import { unexpected } from './socket-failure.ts'
import { hostKeyKinds } from './ssh-algorithms.ts'
import { logIn, proveKey } from './ssh-handshake.ts'
import type { SshLine } from './ssh-line.ts'

export interface SshConnectOptions {
  readonly address: Address
  /** Accepted fingerprints. With none of them nobody logs in: the connection ends with `pin-unknown`. */
  readonly fingerprints: readonly string[]
  readonly credentials: Credentials
  /** Cancels the connecting; a session that stands is ended by disposing it. */
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/** A connection that is logged in, with the fingerprint it was checked against. */
export interface SshConnection {
  readonly line: SshLine
  readonly fingerprint: string
}

const allKinds = Object.keys(hostKeyKinds)

/**
 * Opens the one kind of SSH connection there is: key checked, then logged in. A device that meanwhile has a key of
 * another kind beside the accepted one is asked for the accepted one before its key counts as changed; until then it
 * is sent nothing.
 */
export async function openSsh(options: SshConnectOptions): Promise<SshConnection> {
  const first = await attempt(options, allKinds)
  if ('line' in first) return first
  const offeredKind = first.offered?.detail['keyType']
  for (const kind of allKinds.filter((each) => each !== offeredKind)) {
    const next = await attempt(options, [kind])
    if ('line' in next) return next
    if (next.isFinal) throw first.error
  }
  throw first.error
}

interface Mismatch {
  readonly offered: OfferedPin | undefined
  readonly error: unknown
  /** The device ended this otherwise than by saying which keys it has. */
  readonly isFinal: boolean
}

/** Gives a mismatch only where the key was the reason; throws where another key would not help. */
async function attempt(
  options: SshConnectOptions,
  kinds: readonly string[],
): Promise<SshConnection | Mismatch> {
  const { address, credentials, fingerprints, signal, deadlines } = options
  let offered: OfferedPin | undefined
  const verify = (shown: OfferedPin): void => {
    offered = shown
    checkPin(address, shown, fingerprints)
  }
  try {
    const line = await logIn({ address, kinds, verify, signal, deadlines }, credentials)
    return { line, fingerprint: offered?.fingerprint ?? '' }
  } catch (error) {
    if (isFailure(error, 'pin-changed')) return { offered, error, isFinal: false }
    const isFirst = kinds === allKinds
    if (isFirst || offered !== undefined || isFailure(error, 'cancelled')) throw error
    return { offered, error, isFinal: !isFailure(error, 'weak-crypto') }
  }
}

/**
 * Reads the host key, lets the device prove that it owns it, and hangs up before any login.
 * @throws FailureError `device-unreachable`, `device-silent`, `connection-lost`, `weak-crypto`, `unexpected-answer`,
 * `cancelled`
 */
export async function readSshPin(
  options: Pick<SshConnectOptions, 'address' | 'signal' | 'deadlines'>,
): Promise<OfferedPin> {
  let seen: OfferedPin | undefined
  const verify = (shown: OfferedPin): void => {
    seen = shown
  }
  await proveKey({ ...options, kinds: allKinds, verify })
  if (seen) return seen
  throw unexpected(formatAddress(options.address), 'handshake', 'no host key')
}
