import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectSsh } from '../../src/main/transport/ssh.ts'
import { startSshd, type Sshd } from '../peers/sshd/sshd.ts'
import { inTurns, type BenchRow } from './in-turns.ts'

const megabyte = 1024 * 1024
const fileBytes = 512 * megabyte
const deadlines = { connectMs: 10_000, handshakeMs: 20_000, idleMs: 60_000 }

interface Pull {
  readonly sshd: Sshd
  readonly keyFile: string
  readonly source: string
  readonly target: string
}

/**
 * Half a gigabyte of random data from Debian's sshd on loopback, from the connection to the last byte in a file: hashed
 * while it comes, against OpenSSH's own `sftp` with its fastest cipher, which hashes nothing.
 */
export async function benchSsh(rounds = 5): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ssh-'))
  await using sshd = await startSshd({ hostKeys: ['ed25519'] })
  try {
    const [keyFile, source] = [join(folder, 'login'), join(folder, 'source')]
    await writeFile(keyFile, sshd.privateKey, { mode: 0o600 })
    await fill(source)
    const pull: Pull = { sshd, keyFile, source, target: join(folder, 'target') }
    return [
      await inTurns('SFTP pull, hash on the fly / sftp aes128-gcm', rounds, {
        ours: () => ours(pull),
        peer: () => peer(pull),
      }),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (let bytes = 0; bytes < fileBytes; bytes += megabyte) await handle.write(randomBytes(megabyte))
  } finally {
    await handle.close()
  }
}

async function ours({ sshd, source, target }: Pull): Promise<void> {
  const { signal } = new AbortController()
  await using session = await connectSsh({
    address: sshd.address,
    fingerprints: [sshd.fingerprints.ed25519 ?? ''],
    credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    signal,
    deadlines,
  })
  const files = await session.files(signal)
  const { content } = await files.read(source, { signal })
  const hash = createHash('sha256')
  const handle = await open(target, 'w')
  let bytes = 0
  try {
    let writing: Promise<unknown> = Promise.resolve()
    for await (const piece of content) {
      await writing
      writing = handle.write(piece)
      hash.update(piece)
      bytes += piece.length
    }
    await writing
  } finally {
    await handle.close()
  }
  if (bytes !== fileBytes || hash.digest('hex').length !== 64) throw new Error('Not everything came.')
}

async function peer({ sshd, keyFile, source, target }: Pull): Promise<void> {
  const { port } = sshd.address
  const settings = [
    'Ciphers=aes128-gcm@openssh.com',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    `IdentityFile=${keyFile}`,
    'IdentitiesOnly=yes',
    'LogLevel=ERROR',
  ]
  const words = ['-q', ...settings.flatMap((setting) => ['-o', setting]), '-P', String(port)]
  const place = `${sshd.user}@127.0.0.1:${source}`
  const child = spawn('sftp', [...words, place, target], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`sftp ended with ${String(code)}.`)
}
