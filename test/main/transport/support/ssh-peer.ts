import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import ssh2, {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type SFTPWrapper,
  type ServerChannel,
  type ServerConfig,
} from 'ssh2'
import { sshFingerprint } from '../../../../src/main/transport/pins.ts'
import type { Address } from '../../../../src/shared/model/address.ts'

export type KeyKind = 'ed25519' | 'rsa' | 'ecdsa'

export interface KeyPair {
  readonly public: string
  readonly private: string
}

/** The library now and then writes an ed25519 key that it cannot read back; such a one is made again. */
export function newKeyPair(kind: KeyKind = 'ed25519', passphrase?: string): KeyPair {
  const locked = passphrase === undefined ? {} : { passphrase, cipher: 'aes256-cbc', rounds: 4 }
  for (;;) {
    const pair = generate(kind, locked)
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair
  }
}

function generate(kind: KeyKind, locked: object): KeyPair {
  switch (kind) {
    case 'ed25519':
      return ssh2.utils.generateKeyPairSync(kind, locked)
    case 'rsa':
      return ssh2.utils.generateKeyPairSync(kind, { bits: 2048, ...locked })
    case 'ecdsa':
      return ssh2.utils.generateKeyPairSync(kind, { bits: 256, ...locked })
  }
}

export function newKey(kind: KeyKind = 'ed25519'): ParsedKey {
  const parsed: unknown = ssh2.utils.parseKey(newKeyPair(kind).private)
  return (Array.isArray(parsed) ? parsed[0] : parsed) as ParsedKey
}

export function fingerprintOf(key: ParsedKey): string {
  return sshFingerprint(key.getPublicSSH())
}

/** The same key that shows another public half. */
export function showing(key: ParsedKey, publicHalf: Buffer): ParsedKey {
  key.getPublicSSH = () => publicHalf
  return key
}

export interface SshPeerOptions {
  readonly hostKeys: readonly ParsedKey[]
  readonly server?: Partial<ServerConfig>
  /** Accepts every login where it is left out. */
  readonly onLogin?: (context: AuthContext, attempt: number) => void
  readonly onCommand?: (channel: ServerChannel, command: string, connection: Connection) => void
  /** Serves SFTP; without it the subsystem is refused. */
  readonly onFiles?: (files: SFTPWrapper) => void
  readonly onConnection?: (connection: Connection, socket: Socket | undefined) => void
}

/** An SSH server that may lie, be silent or ask for what it should not. Counts what it was sent. */
export interface SshPeer extends AsyncDisposable {
  readonly address: Address
  /** Login requests of every kind, of all connections. */
  readonly loginRequests: () => number
  /** The service requests that come before a login. */
  readonly serviceRequests: () => number
  readonly connections: () => number
}

export async function startSshPeer(options: SshPeerOptions): Promise<SshPeer> {
  const counts = { login: 0, service: 0, connections: 0 }
  const open = new Set<Connection>()
  const server = new ssh2.Server(
    {
      // The library's own count of what it reads from the wire, whatever becomes of it.
      debug: (line) => {
        if (line.includes('Inbound: Received USERAUTH_REQUEST')) counts.login += 1
        if (line.includes('Inbound: Received SERVICE_REQUEST')) counts.service += 1
      },
      ...options.server,
      hostKeys: options.hostKeys.map((key) => ({ key }) as never),
    },
    (connection) => {
      counts.connections += 1
      open.add(connection)
      let attempts = 0
      connection.on('error', () => undefined)
      connection.on('close', () => open.delete(connection))
      connection.on('authentication', (context) => {
        attempts += 1
        if (options.onLogin) options.onLogin(context, attempts)
        else context.accept()
      })
      connection.on('session', (accept) => {
        const session = accept()
        session.on('exec', (take, _reject, { command }) => {
          if (options.onCommand) options.onCommand(take(), command, connection)
          else take()
        })
        const { onFiles } = options
        if (onFiles)
          session.on('sftp', (take) => {
            onFiles(take())
          })
      })
      options.onConnection?.(connection, (connection as unknown as { _sock: Socket })._sock)
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server as never, 'listening')
  return {
    address: { protocol: 'ssh', host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    loginRequests: () => counts.login,
    serviceRequests: () => counts.service,
    connections: () => counts.connections,
    [Symbol.asyncDispose]: async () => {
      const done = once(server as never, 'close')
      for (const connection of open) (connection as unknown as { _sock: Socket })._sock.destroy()
      server.close()
      await done
    },
  }
}

interface Internals {
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number
      readonly alloc: (bytes: number) => Buffer
      readonly finalize: (packet: Buffer) => Buffer
    }
  }
  readonly _cipher: { readonly encrypt: (packet: Buffer) => void }
  readonly _authsQueue: string[]
  readonly authSuccess: () => void
}

/** The protocol below a connection or a login, for what no honest server does. */
export function internalsOf(holder: unknown): Internals {
  return (holder as { readonly _protocol: Internals })._protocol
}

/** Sends any message of the protocol. */
export function sendMessage(holder: unknown, payload: Buffer): void {
  const { _packetRW, _cipher } = internalsOf(holder)
  const packet = _packetRW.write.alloc(payload.length)
  payload.copy(packet, _packetRW.write.allocStart)
  _cipher.encrypt(_packetRW.write.finalize(packet))
}

/** A string as the protocol writes it. */
export function wireString(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Makes a server that, like an old one, does not say which signatures it knows. */
export function withoutSignatureNames(connection: Connection): void {
  let exchange: object | undefined
  Object.defineProperty((connection as unknown as { _protocol: object })._protocol, '_kex', {
    get: () => exchange,
    set: (made: object | undefined) => {
      exchange = made
      if (made)
        Object.defineProperty(made, 'remoteExtInfoEnabled', { get: () => false, set: () => undefined })
    },
  })
}
