import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certainlyNotSent } from '../../../src/main/transport/request-error.ts'
import { shellQuote } from '../../../src/main/transport/shell-quote.ts'
import { connectSsh, type SshSession } from '../../../src/main/transport/ssh.ts'
import { startSshd, type Sshd } from '../../peers/sshd/sshd.ts'
import { bytesOf, failureOf, never, timeOf } from './support/quiet.ts'

const mebibyte = 1024 * 1024
let sshd: Sshd
let folder: string

beforeAll(async () => {
  // A key exchange every 8 MiB: transfers have to survive many of them.
  sshd = await startSshd({ environment: { LC_ALL: 'C', PROBE: 'set' }, config: ['RekeyLimit 8M'] })
  folder = await mkdtemp(join(tmpdir(), 'ferrite-ssh-'))
})
afterAll(async () => {
  await sshd.stop()
  await rm(folder, { recursive: true })
})

function logIn(to: Sshd = sshd): Promise<SshSession> {
  const credentials = { kind: 'key', user: to.user, privateKey: to.privateKey } as const
  return connectSsh({
    address: to.address,
    fingerprints: Object.values(to.fingerprints),
    credentials,
    signal: never,
  })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test('a command gives its output, its errors and its exit code', async () => {
  await using session = await logIn()
  const result = await session.run('echo out; printf "\\033[31mred\\n" >&2; exit 7', { signal: never })
  expect(result).toMatchObject({ exitCode: 7, signal: undefined, stderr: '␛[31mred', inputSent: true })
  expect(result.stdout.toString()).toBe('out\n')
  const { stdout } = await session.run('printf "$PROBE $LC_ALL"', { signal: never })
  expect(stdout.toString()).toBe('set C')
})

test('a command that a signal ended has no good exit code', async () => {
  await using session = await logIn()
  const result = await session.run('kill -9 $$', { signal: never })
  expect(result).toMatchObject({ exitCode: -1, signal: 'SIGKILL' })
})

test('errors are kept up to 64 KiB, and more of them do not stop the command', async () => {
  await using session = await logIn()
  const { stderr, exitCode } = await session.run('head -c 5000000 /dev/zero | tr "\\0" e >&2', {
    signal: never,
  })
  expect(exitCode).toBe(0)
  expect(stderr.length).toBeLessThanOrEqual(64 * 1024)
  expect(stderr).toMatch(/^e+…?$/)
})

test('more output than was allowed is not collected', async () => {
  await using session = await logIn()
  const work = session.run('yes', { signal: never, maxOutputBytes: mebibyte })
  await failureOf(work, 'unexpected-answer')
  expect((await session.run('echo still here', { signal: never })).stdout.toString()).toBe('still here\n')
})

test.each([
  ['with SFTP', true],
  ['without SFTP', false],
])('64 MiB go both ways unchanged on a server %s', async (_what, sftp) => {
  await using server = await startSshd({ sftp, config: ['RekeyLimit 8M'] })
  const bytes = randomBytes(64 * mebibyte)
  const there = join(folder, 'there')
  const file = join(folder, 'here')
  await writeFile(file, bytes)
  await using session = await logIn(server)
  const stdin = createReadStream(file, { highWaterMark: mebibyte })
  const sent = await session.run(`cat > ${shellQuote(there)}`, { signal: never, stdin })
  expect(sent).toMatchObject({ exitCode: 0, inputSent: true })
  expect(sha256(await readFile(there))).toBe(sha256(bytes))
  const { stdout, finished } = await session.stream(`cat ${shellQuote(there)}`, { signal: never })
  expect(sha256(await bytesOf(stdout))).toBe(sha256(bytes))
  expect(await finished).toMatchObject({ exitCode: 0 })
})

test('pieces of any size arrive as they were given', async () => {
  await using session = await logIn()
  const pieces = [0, 1, 2, 32_768, 32_769, 3 * mebibyte, 5].map((size) => randomBytes(size))
  const { stdout } = await session.run('sha256sum', { signal: never, stdin: pieces })
  expect(stdout.toString()).toBe(`${sha256(Buffer.concat(pieces))}  -\n`)
})

test('a reader that is slow holds the device back, and memory stays flat', async () => {
  await using session = await logIn()
  const before = process.memoryUsage().arrayBuffers
  const { stdout, finished } = await session.stream('head -c 268435456 /dev/zero', { signal: never })
  await wait(1_000)
  const held = process.memoryUsage().arrayBuffers - before
  let most = 0
  let bytes = 0
  for await (const piece of stdout) {
    bytes += piece.length
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(bytes).toBe(256 * mebibyte)
  expect(await finished).toMatchObject({ exitCode: 0 })
  expect(held).toBeLessThan(32 * mebibyte)
  expect(most).toBeLessThan(96 * mebibyte)
})

test('a command that does not read its input holds the source back', async () => {
  await using session = await logIn()
  let given = 0
  function* source(): Generator<Buffer> {
    for (let count = 0; count < 256; count += 1) {
      given += mebibyte
      yield Buffer.alloc(mebibyte)
    }
  }
  const work = session.run('sleep 1; wc -c', { signal: never, stdin: source() })
  await wait(800)
  expect(given).toBeLessThan(32 * mebibyte)
  expect((await work).stdout.toString().trim()).toBe(String(256 * mebibyte))
})

test('a command that ends before it has read everything has its own say', async () => {
  await using session = await logIn()
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      await wait(1)
      yield Buffer.alloc(65_536)
    }
  }
  const result = await session.run('head -c 10 >/dev/null; echo full >&2; exit 4', {
    signal: never,
    stdin: endless(),
  })
  expect(result).toMatchObject({ exitCode: 4, stderr: 'full', inputSent: false })
})

test('a source that fails ends the command with its own error', async () => {
  await using session = await logIn()
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(10)
    throw new Error('the disk is gone')
  }
  await expect(session.run('cat', { signal: never, stdin: broken() })).rejects.toThrow('the disk is gone')
  expect(session.alive).toBe(true)
})

test('commands run side by side on one connection', async () => {
  await using session = await logIn()
  const results = await Promise.all(
    Array.from({ length: 8 }, (_unused, index) => session.run(`echo ${String(index)}`, { signal: never })),
  )
  expect(results.map(({ stdout }) => stdout.toString().trim())).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
  ])
})

test('a cancelled command ends within two seconds, and the session lives on', async () => {
  await using session = await logIn()
  for (const command of ['sleep 600', 'yes', 'cat']) {
    const cancel = new AbortController()
    async function* stuck(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(10)
      await new Promise(() => undefined)
    }
    const stdin = command === 'cat' ? { stdin: stuck() } : {}
    const work = session.run(command, { signal: cancel.signal, maxOutputBytes: Infinity, ...stdin })
    const took = timeOf(failureOf(work, 'cancelled'))
    await wait(200)
    cancel.abort()
    expect(await took).toBeLessThan(2_200)
  }
  expect((await session.run('echo alive', { signal: never })).stdout.toString()).toBe('alive\n')
})

test('a reader that stops early ends the command on the device', async () => {
  await using session = await logIn()
  const marker = join(folder, 'still-writing')
  const command = `trap '' PIPE; yes || true; touch ${shellQuote(marker)}`
  const { stdout, finished } = await session.stream(command, { signal: never })
  for await (const piece of stdout) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  await failureOf(finished, 'cancelled')
  await expect.poll(() => readFile(marker, 'utf8'), { timeout: 5_000 }).toBe('')
})

test('a command that is silent for too long is given up', async () => {
  await using session = await logIn()
  const { failure } = await failureOf(
    session.run('sleep 600', { signal: never, idleMs: 300 }),
    'device-silent',
  )
  expect(failure).toMatchObject({ phase: 'running', seconds: 0.3 })
  const slow = session.run('for i in 1 2 3 4 5 6; do sleep 0.2; echo $i; done', {
    signal: never,
    idleMs: 1_500,
  })
  expect((await slow).exitCode).toBe(0)
  const endless = session.run('yes', { signal: never, totalMs: 500, maxOutputBytes: Infinity })
  await failureOf(endless, 'device-silent')
})

test('a server that is killed in the middle loses the connection, and says how far it came', async () => {
  await using server = await startSshd()
  await using session = await logIn(server)
  const { stdout, finished } = await session.stream('yes', { signal: never })
  let bytes = 0
  const reading = (async () => {
    for await (const piece of stdout) {
      bytes += piece.length
      if (bytes > 3 * mebibyte) void server.stop()
    }
  })()
  const { failure } = await failureOf(reading, 'connection-lost')
  expect(failure).toMatchObject({ phase: 'running', bytesDone: bytes })
  await failureOf(finished, 'connection-lost')
  expect(session.alive).toBe(false)
  const late = await failureOf(session.run('id', { signal: never }), 'connection-lost')
  expect(certainlyNotSent(late)).toBe(true)
})

test('a session that is closed while commands run ends them all, and nothing throws later', async () => {
  const session = await logIn()
  const uploading = session.run('cat >/dev/null', {
    signal: never,
    stdin: (function* () {
      for (;;) yield Buffer.alloc(mebibyte)
    })(),
  })
  const streaming = session.stream('yes', { signal: never }).then(({ stdout }) => bytesOf(stdout))
  const waiting = session.run('sleep 600', { signal: never })
  const ends = Promise.all([uploading, streaming, waiting].map((work) => failureOf(work, 'connection-lost')))
  await wait(300)
  expect(await timeOf(session[Symbol.asyncDispose]())).toBeLessThan(3_000)
  await ends
  await session[Symbol.asyncDispose]()
  await wait(200)
})
