import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { certainlyNotSent } from '../../../src/main/transport/request-error.ts'
import { readOfferedPin } from '../../../src/main/transport/offered-pin.ts'
import { connectSsh } from '../../../src/main/transport/ssh.ts'
import type { FailureCode } from '../../../src/shared/failure.ts'
import { startSshd } from '../../peers/sshd/sshd.ts'
import { bytesOf, failureOf, never, soon, timeOf } from './support/quiet.ts'
import { fingerprintOf, newKey, sendMessage, startSshPeer, wireString } from './support/ssh-peer.ts'
import { cuts, startCutter, startTcpPeer } from './support/tcp-peer.ts'

const short = { connectMs: 400, handshakeMs: 400, idleMs: 400 }
const hostKey = newKey()
const fingerprints = [fingerprintOf(hostKey)]
const credentials = { kind: 'password', user: 'service', password: 'canary-3e81' } as const
const whole = 3 * 1024 * 1024
const gone: readonly FailureCode[] = ['connection-lost', 'device-silent', 'device-unreachable']

function at(port: number) {
  return {
    address: { protocol: 'ssh', host: '127.0.0.1', port },
    fingerprints,
    credentials,
    signal: never,
  } as const
}

async function startSender() {
  return await startSshPeer({
    hostKeys: [hostKey],
    onCommand: (channel) => {
      channel.write(Buffer.alloc(whole), () => {
        channel.exit(0)
        channel.end()
      })
    },
  })
}

async function pull(port: number): Promise<Buffer> {
  await using session = await connectSsh({ ...at(port), deadlines: short })
  const { stdout, finished } = await session.stream('cat file', { signal: never })
  const bytes = await bytesOf(stdout)
  await finished
  return bytes
}

test('nobody at the address, no such name and no way there are told apart', async () => {
  await using peer = await startTcpPeer(() => undefined)
  const { port } = peer
  await peer[Symbol.asyncDispose]()
  const { failure } = await failureOf(connectSsh(at(port)), 'device-unreachable')
  expect(failure).toMatchObject({ reason: 'refused' })
  const address = { protocol: 'ssh', host: 'no-such-host.invalid', port: 22 } as const
  const unknown = await failureOf(connectSsh({ ...at(22), address }), 'device-unreachable')
  expect(unknown.failure).toMatchObject({ reason: 'name not found' })
})

test('a device that accepts and says nothing is silent in the handshake', async () => {
  await using peer = await startTcpPeer(() => undefined)
  const startedAt = performance.now()
  const { failure } = await failureOf(connectSsh({ ...at(peer.port), deadlines: short }), 'device-silent')
  expect(failure).toMatchObject({ phase: 'handshake', seconds: 0.4 })
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})

test.each([
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['an old protocol', 'SSH-1.5-old\r\n'],
  ['a greeting that never ends', 'x'.repeat(300_000)],
  ['lines without end', 'hello\r\n'.repeat(30_000)],
  ['a packet of four gigabytes', 'SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'],
  ['garbage', 'SSH-2.0-x\r\n\x00\x00\x00\x0c\x04\x14garbage'],
])('%s instead of SSH ends the handshake', async (_what, text) => {
  await using peer = await startTcpPeer((socket) => {
    socket.write(Buffer.from(text, 'latin1'))
  })
  const work = connectSsh({ ...at(peer.port), deadlines: { ...soon, handshakeMs: 1_500 } })
  await failureOf(work, 'unexpected-answer', 'device-silent', 'connection-lost')
  expect(peer.received().toString('latin1')).not.toContain('service')
})

test('a device that is silent in the login, or after a command was sent, is told with the phase', async () => {
  await using mute = await startSshPeer({ hostKeys: [hostKey], onLogin: () => undefined })
  const login = await failureOf(connectSsh({ ...at(mute.address.port), deadlines: short }), 'device-silent')
  expect(login.failure).toMatchObject({ phase: 'login' })
  await using lazy = await startSshPeer({ hostKeys: [hostKey], onCommand: () => undefined })
  await using session = await connectSsh({ ...at(lazy.address.port), deadlines: short })
  const command = await failureOf(session.run('reboot', { signal: never }), 'device-silent')
  expect(command.failure).toMatchObject({ phase: 'running' })
  expect(certainlyNotSent(command)).toBe(false)
})

test('an end without an exit status is no success, whatever came before', async () => {
  await using peer = await startSshPeer({
    hostKeys: [hostKey],
    onCommand: (channel) => {
      channel.write('looks good')
      channel.close()
    },
  })
  await using session = await connectSsh(at(peer.address.port))
  await failureOf(session.run('tar', { signal: never }), 'unexpected-answer')
  const { stdout, finished } = await session.stream('tar', { signal: never })
  await failureOf(bytesOf(stdout), 'unexpected-answer')
  await failureOf(finished, 'unexpected-answer')
})

test('a device that opens no channel has certainly not been sent the command', async () => {
  await using peer = await startSshPeer({
    hostKeys: [hostKey],
    onConnection: (connection) => {
      connection.on('ready', () => {
        connection.removeAllListeners('session')
        connection.on('session', (_accept, reject) => {
          reject()
        })
      })
    },
  })
  await using session = await connectSsh(at(peer.address.port))
  const error = await failureOf(session.run('reboot', { signal: never }), 'unexpected-answer')
  expect(certainlyNotSent(error)).toBe(true)
})

test('a device that asks for channels to this computer is refused, and the session goes on', async () => {
  const opened: unknown[] = []
  await using peer = await startSshPeer({
    hostKeys: [hostKey],
    onCommand: (channel, _command, connection) => {
      connection.forwardOut('10.0.0.1', 1, '127.0.0.1', 22, (error) => opened.push(error === undefined))
      connection.x11('10.0.0.1', 1, (error) => opened.push(error === undefined))
      connection.openssh_forwardOutStreamLocal('/tmp/agent', (error) => {
        opened.push(error === undefined)
        channel.exit(0)
        channel.end()
      })
    },
  })
  await using session = await connectSsh(at(peer.address.port))
  expect((await session.run('id', { signal: never })).exitCode).toBe(0)
  expect(opened).toEqual([false, false, false])
})

test('a device that sends more than it was allowed to does not fill the memory', async () => {
  await using peer = await startSshPeer({
    hostKeys: [hostKey],
    onCommand: (channel) => {
      const { id } = channel.outgoing as { id: number }
      const number = Buffer.alloc(4)
      number.writeUInt32BE(id)
      const data = Buffer.concat([Buffer.from([94]), number, wireString('x'.repeat(30_000))])
      for (let count = 0; count < 1_000; count += 1)
        sendMessage((channel as unknown as { _client: unknown })._client, data)
    },
  })
  await using session = await connectSsh(at(peer.address.port))
  const { stdout, finished } = await session.stream('cat', { signal: never })
  await failureOf(finished, 'unexpected-answer')
  await failureOf(bytesOf(stdout), 'unexpected-answer')
  expect(session.alive).toBe(false)
})

test.each(['reads nothing', 'exchanges keys without end'])(
  'a device with a window of four gigabytes that %s does not fill the memory',
  async (fault) => {
    await using peer = await startSshPeer({
      hostKeys: [hostKey],
      onCommand: (channel, _command, connection) => {
        const { id } = channel.outgoing as { id: number }
        const adjust = Buffer.alloc(9)
        adjust.writeUInt8(93)
        adjust.writeUInt32BE(id, 1)
        adjust.writeUInt32BE(0xf000_0000, 5)
        sendMessage(connection, adjust)
        const socket = (connection as unknown as { _sock: Socket })._sock
        if (fault !== 'reads nothing') connection.rekey()
        setTimeout(() => socket.pause(), fault === 'reads nothing' ? 50 : 0)
      },
    })
    await using session = await connectSsh(at(peer.address.port))
    let given = 0
    const stdin = (function* () {
      for (; given < 512; given += 1) yield Buffer.alloc(1024 * 1024)
    })()
    await failureOf(session.run('cat', { signal: never, stdin, idleMs: 1_000 }), 'device-silent')
    expect(given).toBeLessThan(64)
  },
)

test('errors without end are no message', async () => {
  await using peer = await startSshPeer({
    hostKeys: [hostKey],
    onCommand: (channel) => {
      const more = (): void => {
        channel.stderr.write(Buffer.alloc(1024 * 1024, 'e'), more)
      }
      more()
    },
  })
  await using session = await connectSsh(at(peer.address.port))
  await failureOf(session.run('id', { signal: never, idleMs: 15_000 }), 'unexpected-answer')
})

const handshakeCuts = [0, 1, 20, 45, 400, 1_100, 1_150, 1_250, 1_350, 1_400, 1_450, 1_800]
const transferCuts = [4_000, 100_000, 1_500_000, 3_000_000]

test.each(cuts.flatMap((cut) => [...handshakeCuts, ...transferCuts].map((bytes) => [cut, bytes] as const)))(
  '%s after %d bytes settles in time, with the loss',
  async (cut, bytes) => {
    await using peer = await startSender()
    await using cutter = await startCutter(peer.address.port, bytes, cut)
    const startedAt = performance.now()
    await failureOf(pull(cutter.port), ...gone)
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  },
)

test('without a cut, all of it comes', async () => {
  await using peer = await startSender()
  await using cutter = await startCutter(peer.address.port, Infinity, 'end')
  expect((await pull(cutter.port)).length).toBe(whole)
})

test.each(cuts)(
  '%s in the middle of an upload settles in time, and the command may have run',
  async (cut) => {
    await using sshd = await startSshd({ hostKeys: ['ed25519'] })
    await using cutter = await startCutter(sshd.address.port, 5_000, cut)
    const session = await connectSsh({
      address: { ...sshd.address, port: cutter.port },
      fingerprints: Object.values(sshd.fingerprints),
      credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
      signal: never,
    })
    const stdin = (function* () {
      for (;;) yield Buffer.alloc(1024 * 1024)
    })()
    const work = session.run('cat >/dev/null', { signal: never, stdin, idleMs: 600 })
    const error = await failureOf(work, ...gone)
    expect(certainlyNotSent(error)).toBe(false)
    expect(await timeOf(session[Symbol.asyncDispose]())).toBeLessThan(3_000)
  },
)

test('a connection that has died is noticed long before a patient command would', async () => {
  await using sshd = await startSshd({ hostKeys: ['ed25519'] })
  await using cutter = await startCutter(sshd.address.port, 5_000, 'black hole')
  await using session = await connectSsh({
    address: { ...sshd.address, port: cutter.port },
    fingerprints: Object.values(sshd.fingerprints),
    credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    signal: never,
    deadlines: { quietMs: 800 },
  })
  const work = session.run('yes | head -c 100000; sleep 600', { signal: never, idleMs: 600_000 })
  const startedAt = performance.now()
  await failureOf(work, 'device-silent')
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(session.alive).toBe(false)
})

test('a command may be silent for long, as long as its connection lives', async () => {
  await using sshd = await startSshd({ hostKeys: ['ed25519'] })
  await using session = await connectSsh({
    address: sshd.address,
    fingerprints: Object.values(sshd.fingerprints),
    credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    signal: never,
    deadlines: { quietMs: 800 },
  })
  expect((await session.run('sleep 3', { signal: never, idleMs: 600_000 })).exitCode).toBe(0)
})

test('on a slow line, where signs of life are late behind the data, nothing is called dead', async () => {
  await using peer = await startSender()
  await using slow = await startSlowLine(peer.address.port, 1_000_000)
  await using session = await connectSsh({ ...at(slow.port), deadlines: { quietMs: 800 } })
  const { stdout } = await session.stream('cat file', { signal: never })
  expect((await bytesOf(stdout)).length).toBe(whole)
})

test.each([
  ['connecting to nobody', 0],
  ['in the handshake', 10],
  ['in the login', 1_300],
])('a cancel %s is heard within two seconds', async (_phase, bytes) => {
  await using peer = await startSender()
  await using cutter = await startCutter(peer.address.port, bytes, 'black hole')
  const cancel = new AbortController()
  const work = connectSsh({ ...at(cutter.port), signal: cancel.signal })
  const took = timeOf(failureOf(work, 'cancelled'))
  await wait(300)
  cancel.abort()
  expect(await took).toBeLessThan(2_300)
})

test('a cancel is heard while the key is only read', async () => {
  await using peer = await startTcpPeer(() => undefined)
  const address = { protocol: 'ssh', host: '127.0.0.1', port: peer.port } as const
  expect(
    await timeOf(failureOf(readOfferedPin(address, AbortSignal.timeout(200)), 'cancelled')),
  ).toBeLessThan(2_200)
})

test('one flipped bit anywhere in the stream is never passed on as data', async () => {
  await using peer = await startSender()
  for (let round = 0; round < 12; round += 1) {
    const offset = 3_000 + Math.floor((round * whole) / 12)
    await using flipper = await startFlipper(peer.address.port, offset)
    await failureOf(pull(flipper.port), 'connection-lost', 'device-silent', 'unexpected-answer')
  }
})

/** Passes at most so many bytes in a second from the server. */
async function startSlowLine(target: number, bytesPerSecond: number) {
  return await startTcpPeer((client) => {
    const server = connect(target, '127.0.0.1')
    server.on('error', () => client.destroy())
    server.on('close', () => client.destroySoon())
    client.on('close', () => server.destroy())
    client.on('data', (data) => server.write(data))
    server.on('data', (data: Buffer) => {
      server.pause()
      client.write(data)
      setTimeout(() => server.resume(), (data.length / bytesPerSecond) * 1_000)
    })
  })
}

async function startFlipper(target: number, offset: number) {
  return await startTcpPeer((client) => {
    const server = connect(target, '127.0.0.1')
    let bytes = 0
    server.on('error', () => client.destroy())
    server.on('close', () => client.destroy())
    client.on('close', () => server.destroy())
    client.on('data', (data) => server.write(data))
    server.on('data', (data: Buffer) => {
      if (offset >= bytes && offset < bytes + data.length) data[offset - bytes]! ^= 1
      bytes += data.length
      client.write(data)
    })
  })
}
