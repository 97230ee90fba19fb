import type { Socket } from 'node:net'
import ssh2, { type Client } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Credentials } from './credentials.ts'
import { defaultDeadlines, until, Watch, type Deadlines } from './deadlines.ts'
import { sshFingerprint, type OfferedPin } from './pins.ts'
import { codeOf, connectFailure, lineFailure, messageOf, unexpected } from './socket-failure.ts'
import { allowedAlgorithms } from './ssh-algorithms.ts'
import { SshLine } from './ssh-line.ts'
import { agentFailure, prepareLogin, type Login } from './ssh-login.ts'
import { connectTcp } from './tcp.ts'

export interface HandshakeOptions {
  readonly address: Address
  /** Kinds of host keys the device may choose from. */
  readonly kinds: readonly string[]
  /** Throws where the key is not accepted. Called again whenever the device exchanges keys anew. */
  readonly verify: (offered: OfferedPin) => void
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines> | undefined
}

/** A key exchange takes less; a greeting without end is cut off here. */
const talkBytes = 128 * 1024
const bannerBytes = 64 * 1024

/**
 * Goes as far as the device's proof that it owns its key, and hangs up.
 * @throws what `verify` throws, and FailureError `device-unreachable`, `device-silent`, `connection-lost`,
 * `weak-crypto`, `unexpected-answer`, `cancelled`
 */
export async function proveKey(options: HandshakeOptions): Promise<void> {
  await new Handshake(options, undefined).run()
}

/**
 * Goes as far as the login.
 * @throws as `proveKey`, and FailureError `login-refused`, `bad-input` for a key or agent that cannot be used
 */
export async function logIn(options: HandshakeOptions, credentials: Credentials): Promise<SshLine> {
  return await new Handshake(options, credentials).run()
}

/** One connection. Whatever happens first decides; what comes after that is not listened to. */
class Handshake {
  readonly #options: HandshakeOptions
  readonly #place: string
  readonly #times: Deadlines
  readonly #watch: Watch
  readonly #login: Login | undefined
  #line: SshLine | undefined
  #proven = false
  #decide: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined

  constructor(options: HandshakeOptions, credentials: Credentials | undefined) {
    const { address, signal, deadlines } = options
    this.#options = options
    this.#place = formatAddress(address)
    this.#times = { ...defaultDeadlines, ...deadlines }
    this.#login = credentials && prepareLogin(credentials, this.#place, (failure) => this.#stop(failure))
    this.#watch = new Watch({
      address: this.#place,
      phase: 'connecting',
      idleMs: this.#times.connectMs,
      signals: [signal],
    })
  }

  async run(): Promise<SshLine> {
    using watch = this.#watch
    const socket = await connectTcp(this.#options.address, watch)
    // From here on no byte of the device prolongs a phase.
    watch.enter('handshake', this.#times.handshakeMs)
    const client = new ssh2.Client()
    try {
      await until(this.#shake(client, socket), watch)
      this.#line = new SshLine(client, socket, this.#options.address, this.#times.quietMs)
      return this.#line
    } catch (error) {
      throw this.#judged(error)
    } finally {
      if (!this.#line) socket.destroy()
    }
  }

  async #shake(client: Client, socket: Socket): Promise<void> {
    const decided = new Promise<void>((resolve, reject) => {
      this.#decide = { resolve, reject }
    })
    this.#listen(client, socket)
    client.connect({
      sock: socket,
      username: this.#login?.user ?? '',
      authHandler: this.#login?.authHandler ?? [],
      algorithms: allowedAlgorithms(this.#options.kinds),
      readyTimeout: 0,
      keepaliveInterval: this.#times.quietMs / 4,
      // Only asks; SshLine judges the silence. The library counts late answers as missing ones, and answers are late
      // behind two megabytes on a slow line.
      keepaliveCountMax: Infinity,
      // Without a verifier the library would accept any key.
      hostVerifier: (key: Buffer) => this.#accepts(key),
    })
    socket.on('data', () => {
      if (!this.#proven && socket.bytesRead > talkBytes) {
        this.#stop(unexpected(this.#place, 'handshake', `${String(talkBytes)} bytes and no key`))
      }
    })
    await decided
  }

  #listen(client: Client, socket: Socket): void {
    const stop = (error: unknown): void => {
      this.#stop(error)
    }
    client.on('error', stop)
    client.on('close', () => {
      stop(new Error('closed by the device'))
    })
    client.once('handshake', () => {
      this.#proven = true
      if (this.#login) return
      this.#decide?.resolve()
      socket.destroy()
    })
    client.once('ready', () => {
      if (this.#login?.hasBegun() === true) this.#decide?.resolve()
      else stop(unexpected(this.#place, 'login', 'accepted before it was asked for'))
    })
    let banner = 0
    client.on('banner', (text: string) => {
      banner += text.length
      if (banner > bannerBytes) stop(unexpected(this.#place, 'login', 'a banner without end'))
    })
    client.on('change password', () => {
      stop(this.#refused(new Error('the password has expired')))
    })
  }

  #accepts(key: Buffer): boolean {
    try {
      const detail = { keyType: keyTypeOf(key) }
      this.#options.verify({ kind: 'ssh', fingerprint: sshFingerprint(key), detail })
    } catch (error) {
      this.#stop(error)
      return false
    }
    if (!this.#line && this.#login) this.#watch.enter('login', this.#times.handshakeMs)
    return true
  }

  #stop(error: unknown): void {
    if (this.#line) this.#line.lose(error)
    else this.#decide?.reject(error)
  }

  #refused(cause: unknown): FailureError {
    const user = this.#login?.user ?? ''
    return new FailureError({ code: 'login-refused', address: this.#place, user }, { cause })
  }

  #judged(error: unknown): Error {
    if (error instanceof FailureError) return error
    const { phase } = this.#watch
    const level = error instanceof Error && 'level' in error ? error.level : undefined
    const reason = error instanceof Error && 'code' in error ? error.code : undefined
    const message = messageOf(error)
    if (level === 'agent') return agentFailure(error)
    if (level === 'client-authentication') return this.#refused(error)
    // How servers end a login that was refused too often.
    if (phase === 'login' && typeof reason === 'number') return this.#refused(error)
    if (/no matching/i.test(message)) {
      return new FailureError(
        { code: 'weak-crypto', address: this.#place, detail: message },
        { cause: error },
      )
    }
    if (/connection lost|closed by the device/i.test(message) || codeOf(error) !== '') {
      return lineFailure(error, this.#place, phase, 0)
    }
    if (phase === 'connecting') return connectFailure(error, this.#place)
    return unexpected(this.#place, phase, message, error)
  }
}

/** The key's own name for its type is the first string in its wire form. */
function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  return length <= 64 ? key.toString('latin1', 4, 4 + length).replace(/[^a-z0-9@.-]/gi, '?') : '?'
}
