import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import type { Address } from '../../../src/shared/model/address.ts'

export type HostKeyKind = 'ed25519' | 'rsa' | 'ecdsa'

export interface SshdOptions {
  /** Without it, the server has no SFTP subsystem, like many small devices. */
  readonly sftp?: boolean
  readonly hostKeys?: readonly HostKeyKind[]
  readonly environment?: Readonly<Record<string, string>>
  /** Further lines of its configuration. */
  readonly config?: readonly string[]
  /** The port of a server that was stopped, to come back in its place. */
  readonly port?: number
}

/** Debian's own OpenSSH server, started for one test on this computer only. */
export interface Sshd extends AsyncDisposable {
  readonly address: Address
  readonly user: string
  /** Logs in as `user`. */
  readonly privateKey: string
  /** Fingerprint by kind of host key, computed without the code under test. */
  readonly fingerprints: Readonly<Partial<Record<HostKeyKind, string>>>
  /** What the server wrote about its connections. */
  readonly log: () => string
  /** Ends the server and its open connections; disposing does the same. */
  readonly stop: () => Promise<void>
}

const startTries = 5

/** Starts the server and waits until it listens. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-sshd-'))
  // Where the server shuts its unprivileged half in; Debian makes it only when the service is started.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const kinds = options.hostKeys ?? ['ed25519', 'ecdsa', 'rsa']
  const fingerprints: Partial<Record<HostKeyKind, string>> = {}
  for (const kind of kinds) fingerprints[kind] = await writeHostKey(folder, kind)
  const login = makeLogin()
  await writeFile(join(folder, 'authorized_keys'), `${login.public}\n`, { mode: 0o600 })
  const { server, port, log } = await listen(folder, kinds, options)
  const stop = async (): Promise<void> => {
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
  return {
    address: { protocol: 'ssh', host: '127.0.0.1', port },
    user: userInfo().username,
    privateKey: login.private,
    fingerprints,
    log,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** A key to log in with. The library now and then writes an ed25519 key that it cannot read back itself. */
function makeLogin(): ReturnType<typeof ssh2.utils.generateKeyPairSync> {
  for (;;) {
    const login = ssh2.utils.generateKeyPairSync('ed25519')
    if (!(ssh2.utils.parseKey(login.private) instanceof Error)) return login
  }
}

async function listen(folder: string, kinds: readonly HostKeyKind[], options: SshdOptions) {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort())
    const config = join(folder, 'sshd_config')
    await writeFile(config, configuration(folder, port, kinds, options).join('\n'))
    const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let text = ''
    server.stderr.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    const listening = async (): Promise<true> => {
      while (!text.includes('Server listening')) await once(server.stderr, 'data')
      return true
    }
    const ended = once(server, 'exit').then(() => false)
    if (await Promise.race([listening(), ended])) return { server, port, log: () => text }
    if (attempt >= startTries) throw new Error(`sshd does not start: ${text}`)
  }
}

function configuration(
  folder: string,
  port: number,
  kinds: readonly HostKeyKind[],
  { sftp = true, environment = {}, config = [] }: SshdOptions,
): readonly string[] {
  const variables = Object.entries(environment).map(([name, value]) => `${name}="${value}"`)
  return [
    `ListenAddress 127.0.0.1:${String(port)}`,
    ...kinds.map((kind) => `HostKey ${join(folder, `host_${kind}`)}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'PrintMotd no',
    'LogLevel VERBOSE',
    ...(sftp ? ['Subsystem sftp internal-sftp'] : []),
    // One line: of several, the server heeds the first alone.
    ...(variables.length > 0 ? [`SetEnv ${variables.join(' ')}`] : []),
    ...config,
    '',
  ]
}

async function writeHostKey(folder: string, kind: HostKeyKind): Promise<string> {
  const file = join(folder, `host_${kind}`)
  const bits = { ed25519: [], ecdsa: ['-b', '256'], rsa: ['-b', '2048'] }[kind]
  const maker = spawn('ssh-keygen', ['-q', '-t', kind, ...bits, '-N', '', '-C', '', '-f', file], {
    stdio: 'ignore',
  })
  await once(maker, 'exit')
  const [, base64 = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ')
  const hash = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64')
  return `SHA256:${hash.replace(/=+$/, '')}`
}

/** A port that was free a moment ago; where somebody else takes it first, another one is tried. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  // The server first, so that no connection is added; each of its connections has a session of its own.
  const pids = [server.pid, ...(await descendantsOf(server.pid))]
  for (const pid of pids) kill(pid)
  await exited
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').catch(() => '')
  const found = children.split(' ').filter(Boolean).map(Number)
  const further = await Promise.all(found.map(descendantsOf))
  return [...found, ...further.flat()]
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself in between.
  }
}
