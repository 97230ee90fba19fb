import ssh2, { type AnyAuthMethod, type Client } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Credentials } from './credentials.ts'
import { defaultDeadlines, reasonOf, SilenceWatch, type Deadlines } from './deadlines.ts'
import { checkPin, sshFingerprint, type OfferedPin } from './pins.ts'
import { connectFailure, messageOf } from './socket-failure.ts'
import { allowedAlgorithms } from './ssh-algorithms.ts'
import { connectTcp } from './tcp.ts'

export interface SshConnectOptions {
  readonly address: Address
  /** Accepted fingerprints. With none of them nobody logs in: the connection ends with `pin-unknown`. */
  readonly fingerprints: readonly string[]
  readonly credentials: Credentials
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/** A connection that is logged in, with the fingerprint it was checked against. */
export interface SshConnection {
  readonly client: Client
  readonly fingerprint: string
}

const keepAliveMs = 5_000
const keepAliveTries = 3

/** Opens the one kind of SSH connection there is: key checked, then logged in. */
export async function openSsh(options: SshConnectOptions): Promise<SshConnection> {
  const { address, credentials, fingerprints } = options
  let fingerprint = ''
  const client = await shakeHands(options, authMethods(credentials), (offered) => {
    checkPin(address, offered, fingerprints)
    ;({ fingerprint } = offered)
  })
  return { client, fingerprint }
}

/** Reads the host key and hangs up before any login. */
export async function readSshPin(
  address: Address,
  signal: AbortSignal,
  deadlines?: Partial<Deadlines>,
): Promise<OfferedPin> {
  let seen: OfferedPin | undefined
  const stop = new Error('seen')
  const nobody: Pick<SshConnectOptions, 'address' | 'signal' | 'deadlines'> = {
    address,
    signal,
    ...(deadlines && { deadlines }),
  }
  try {
    const client = await shakeHands(nobody, [], (offered) => {
      seen = offered
      throw stop
    })
    client.end()
  } catch (error) {
    if (error !== stop) throw error
  }
  if (seen) return seen
  const place = formatAddress(address)
  throw new FailureError({
    code: 'unexpected-answer',
    address: place,
    request: 'handshake',
    detail: 'no host key',
  })
}

type VerifyKey = (offered: OfferedPin) => void

async function shakeHands(
  { address, signal, deadlines }: Pick<SshConnectOptions, 'address' | 'signal' | 'deadlines'>,
  methods: AnyAuthMethod[],
  verify: VerifyKey,
): Promise<Client> {
  const { connectMs, handshakeMs } = { ...defaultDeadlines, ...deadlines }
  const place = formatAddress(address)
  using watch = new SilenceWatch(place, 'connecting', connectMs)
  const socket = await connectTcp(address, watch, signal)
  watch.enter('handshake', handshakeMs)
  const client = new ssh2.Client()
  // Errors that come after this function has answered are heard by `close`, which the session listens to.
  client.on('error', () => undefined)
  const either = AbortSignal.any([signal, watch.signal])
  let refusal: Error | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        reject(reasonOf(either, watch.phase))
      }
      either.addEventListener('abort', onAbort)
      client.once('ready', resolve)
      client.once('error', reject)
      client.once('close', () => {
        reject(new Error('closed by the device'))
      })
      client.connect({
        sock: socket,
        username: methods[0]?.username ?? 'nobody',
        authHandler: methods,
        algorithms: allowedAlgorithms,
        readyTimeout: 0,
        keepaliveInterval: keepAliveMs,
        keepaliveCountMax: keepAliveTries,
        // Without a verifier the library would accept any key.
        hostVerifier: (key: Buffer) => {
          try {
            verify({ kind: 'ssh', fingerprint: sshFingerprint(key), detail: { keyType: keyTypeOf(key) } })
            watch.enter('login', handshakeMs)
            return true
          } catch (error) {
            refusal = error instanceof Error ? error : new Error(String(error))
            return false
          }
        },
      })
    })
    return client
  } catch (error) {
    client.destroy()
    socket.destroy()
    if (refusal) throw refusal
    throw handshakeFailure(error, place, watch.phase, methods[0]?.username ?? '')
  }
}

function handshakeFailure(error: unknown, address: string, phase: string, user: string): FailureError {
  if (error instanceof FailureError) return error
  const level = error instanceof Error && 'level' in error ? error.level : undefined
  const message = messageOf(error)
  if (level === 'client-authentication') {
    return new FailureError({ code: 'login-refused', address, user }, { cause: error })
  }
  if (/no matching/i.test(message)) {
    return new FailureError({ code: 'weak-crypto', address, detail: message }, { cause: error })
  }
  if (level === 'protocol' || level === 'handshake') {
    return new FailureError(
      { code: 'unexpected-answer', address, request: phase, detail: message },
      { cause: error },
    )
  }
  if (phase === 'login') {
    return new FailureError({ code: 'connection-lost', address, phase, bytesDone: 0 }, { cause: error })
  }
  return connectFailure(error, address)
}

function authMethods(credentials: Credentials): AnyAuthMethod[] {
  const { user: username } = credentials
  switch (credentials.kind) {
    case 'password': {
      const { password } = credentials
      return [
        { type: 'password', username, password },
        {
          type: 'keyboard-interactive',
          username,
          // One hidden question is the password; a device that asks for anything else gets no answer.
          prompt: (_name, _instructions, _language, prompts, finish) => {
            const [only] = prompts
            finish(prompts.length === 1 && only?.echo === false ? [password] : [])
          },
        },
      ]
    }
    case 'key': {
      const { privateKey: key, passphrase } = credentials
      return [{ type: 'publickey', username, key, ...(passphrase !== undefined && { passphrase }) }]
    }
    case 'agent':
      return [{ type: 'agent', username, agent: credentials.socket }]
  }
}

/** The key's own name for its type is the first string in its wire form. */
function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  return length <= 64 ? key.toString('latin1', 4, 4 + length).replace(/[^a-z0-9@.-]/gi, '?') : '?'
}
