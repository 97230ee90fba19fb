import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSsh, type SshSession } from '../../../src/main/transport/ssh.ts'
import { startSshd, type Sshd } from '../../peers/sshd/sshd.ts'
import { bytesOf, failureOf, never, timeOf } from './support/quiet.ts'
import { fingerprintOf, newKey, startSshPeer } from './support/ssh-peer.ts'
import { startCutter } from './support/tcp-peer.ts'

const mebibyte = 1024 * 1024
const wait = { signal: never }
const { STATUS_CODE: statusCode } = ssh2.utils.sftp
let sshd: Sshd
let folder: string

beforeAll(async () => {
  // A key exchange every 8 MiB: transfers have to survive many of them.
  sshd = await startSshd({ config: ['RekeyLimit 8M'] })
  folder = await mkdtemp(join(tmpdir(), 'ferrite-sftp-'))
})
afterAll(async () => {
  await sshd.stop()
  await rm(folder, { recursive: true })
})

function logIn(port = sshd.address.port, idleMs = 5_000): Promise<SshSession> {
  return connectSsh({
    address: { ...sshd.address, port },
    fingerprints: Object.values(sshd.fingerprints),
    credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    signal: never,
    deadlines: { idleMs, quietMs: 5_000 },
  })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test('64 MiB go both ways unchanged over SFTP', async () => {
  const bytes = randomBytes(64 * mebibyte + 12_345)
  const here = join(folder, 'here')
  const there = join(folder, 'there')
  await writeFile(here, bytes)
  await using session = await logIn()
  const files = await session.files(never)
  const sent = await files.write(there, createReadStream(here, { highWaterMark: mebibyte }), wait)
  expect(sent).toBe(bytes.length)
  expect(sha256(await readFile(there))).toBe(sha256(bytes))
  expect((await stat(there)).mode & 0o777).toBe(0o600)
  const { sizeBytes, content } = await files.read(there, wait)
  expect(sizeBytes).toBe(bytes.length)
  expect(sha256(await bytesOf(content))).toBe(sha256(bytes))
})

test.each([0, 1, 255 * 1024, 1020 * 1024, 1020 * 1024 + 1])(
  'a file of %i bytes comes as it is',
  async (size) => {
    const bytes = randomBytes(size)
    const file = join(folder, `of-${String(size)}`)
    await writeFile(file, bytes)
    await using session = await logIn()
    const { content } = await (await session.files(never)).read(file, wait)
    expect(await bytesOf(content)).toEqual(bytes)
  },
)

test('folders are listed with kinds and sizes, and what is missing is told as missing', async () => {
  const place = join(folder, 'listed')
  await mkdir(join(place, 'inner'), { recursive: true })
  await writeFile(join(place, 'one.zip'), 'twelve bytes')
  await symlink('/etc', join(place, 'link'))
  await using session = await logIn()
  const files = await session.files(never)
  const entries = (await files.list(place, wait)) ?? []
  expect(entries.map(({ name, kind }) => `${name} ${kind}`).toSorted()).toEqual([
    'inner folder',
    'link other',
    'one.zip file',
  ])
  expect(entries.find(({ name }) => name === 'one.zip')).toMatchObject({ sizeBytes: 12 })
  expect(await files.list(join(place, 'nothing'), wait)).toBeUndefined()
  expect(await files.stat(join(place, 'nothing'), wait)).toBeUndefined()
  expect(await files.stat(join(place, 'one.zip'), wait)).toMatchObject({ kind: 'file', sizeBytes: 12 })
})

test('more names than one page holds are all listed', async () => {
  const place = join(folder, 'many')
  await mkdir(place)
  for (let index = 0; index < 450; index += 1) await writeFile(join(place, `name-${String(index)}`), '')
  await using session = await logIn()
  expect(await (await session.files(never)).list(place, wait)).toHaveLength(450)
})

test('nothing is replaced, and what was put there can be renamed and removed', async () => {
  const place = join(folder, 'staging')
  await using session = await logIn()
  const files = await session.files(never)
  await files.makeFolder(place, wait)
  await files.write(join(place, 'a'), [Buffer.from('first')], wait)
  await failureOf(files.write(join(place, 'a'), [Buffer.from('second')], wait), 'device-command-failed')
  await files.write(join(place, 'b'), [Buffer.from('second')], wait)
  await failureOf(files.rename(join(place, 'b'), join(place, 'a'), wait), 'device-command-failed')
  expect(await readFile(join(place, 'a'), 'utf8')).toBe('first')
  await files.rename(join(place, 'b'), join(place, 'c'), wait)
  await files.remove(join(place, 'a'), wait)
  await files.remove(join(place, 'c'), wait)
  await files.removeFolder(place, wait)
  expect(await files.stat(place, wait)).toBeUndefined()
})

test('a server without SFTP says which tool is missing and still runs commands', async () => {
  await using server = await startSshd({ sftp: false })
  await using session = await connectSsh({
    address: server.address,
    fingerprints: Object.values(server.fingerprints),
    credentials: { kind: 'key', user: server.user, privateKey: server.privateKey },
    signal: never,
  })
  await failureOf(session.files(never), 'device-tool-missing')
  expect((await session.run('echo here', wait)).stdout.toString()).toBe('here\n')
})

test.each(['reset', 'silence'] as const)(
  'a connection that ends by %s in the middle of a file is told',
  async (how) => {
    const file = join(folder, `cut-${how}`)
    await writeFile(file, randomBytes(8 * mebibyte))
    await using cutter = await startCutter(
      sshd.address.port,
      3 * mebibyte,
      how === 'reset' ? 'reset' : 'black hole',
    )
    await using session = await logIn(cutter.port, 500)
    const { content } = await (await session.files(never)).read(file, wait)
    await failureOf(bytesOf(content), 'connection-lost', 'device-silent')
  },
)

test('a cancel ends a reading at once', async () => {
  const file = join(folder, 'cancelled')
  await writeFile(file, randomBytes(32 * mebibyte))
  const controller = new AbortController()
  await using session = await logIn()
  const { content } = await (await session.files(never)).read(file, { signal: controller.signal })
  const reading = (async () => {
    for await (const piece of content) if (piece.length > 0) controller.abort()
  })()
  expect(await timeOf(failureOf(reading, 'cancelled'))).toBeLessThan(2_000)
  expect((await session.run('echo here', wait)).stdout.toString()).toBe('here\n')
})

const hostKey = newKey()

async function lyingFiles(onFiles: (sftp: SFTPWrapper) => void) {
  const peer = await startSshPeer({ hostKeys: [hostKey], onFiles })
  const session = await connectSsh({
    address: peer.address,
    fingerprints: [fingerprintOf(hostKey)],
    credentials: { kind: 'password', user: 'service', password: 'canary-71c' },
    signal: never,
    deadlines: { idleMs: 400 },
  })
  return {
    files: await session.files(never),
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]()
      await peer[Symbol.asyncDispose]()
    },
  }
}

/** A server with one file that announces one length and holds another. */
function oneFile(announced: number, held: number): (sftp: SFTPWrapper) => void {
  const attrs = { mode: 0o100644, uid: 0, gid: 0, size: announced, atime: 0, mtime: 0 }
  return (sftp) => {
    sftp.on('OPEN', (id) => sftp.handle(id, Buffer.from('h')))
    sftp.on('FSTAT', (id) => sftp.attrs(id, attrs))
    sftp.on('READ', (id, _handle, offset, length) => {
      const left = Math.min(length, held - offset, 9)
      if (left <= 0) sftp.status(id, statusCode.EOF)
      else sftp.data(id, Buffer.alloc(left, 7))
    })
    sftp.on('CLOSE', (id) => sftp.status(id, statusCode.OK))
  }
}

test.each([
  ['less', 100, 60],
  ['more', 60, 100],
])('a file that gives %s than its size is refused', async (_how, announced, held) => {
  await using lying = await lyingFiles(oneFile(announced, held))
  const { content } = await lying.files.read('file', wait)
  await failureOf(bytesOf(content), 'length-mismatch')
})

test('a file that comes in small parts is whole all the same', async () => {
  await using lying = await lyingFiles(oneFile(100, 100))
  const { content } = await lying.files.read('file', wait)
  expect(await bytesOf(content)).toEqual(Buffer.alloc(100, 7))
})

test('a server that is silent about a file ends the wait', async () => {
  await using lying = await lyingFiles((sftp) => {
    sftp.on('OPEN', () => undefined)
  })
  await failureOf(lying.files.read('file', wait), 'device-silent')
})

test.each(['..\0', 'a/b', ''])('a listing with the name %j is refused', async (filename) => {
  const attrs = { mode: 0o100644, uid: 0, gid: 0, size: 1, atime: 0, mtime: 0 }
  await using lying = await lyingFiles((sftp) => {
    sftp.on('OPENDIR', (id) => sftp.handle(id, Buffer.from('h')))
    sftp.on('READDIR', (id) => sftp.name(id, [{ filename, longname: filename, attrs }]))
    sftp.on('CLOSE', (id) => sftp.status(id, statusCode.OK))
  })
  await failureOf(lying.files.list('folder', wait), 'unexpected-answer')
})

test('a listing without end is cut off', async () => {
  const attrs = { mode: 0o100644, uid: 0, gid: 0, size: 1, atime: 0, mtime: 0 }
  const page = Array.from({ length: 2_500 }, (_value, index) => ({
    filename: `name-${String(index)}`,
    longname: '',
    attrs,
  }))
  await using lying = await lyingFiles((sftp) => {
    sftp.on('OPENDIR', (id) => sftp.handle(id, Buffer.from('h')))
    sftp.on('READDIR', (id) => sftp.name(id, page))
    sftp.on('CLOSE', (id) => sftp.status(id, statusCode.OK))
  })
  const { failure } = await failureOf(lying.files.list('folder', wait), 'unexpected-answer')
  expect(failure).toMatchObject({ detail: 'more than 100000 names' })
})
