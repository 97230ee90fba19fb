import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Credentials } from '../../../src/main/transport/credentials.ts'
import { connectSsh } from '../../../src/main/transport/ssh.ts'
import { startSshd } from '../../peers/sshd/sshd.ts'
import { failureOf, never, soon } from './support/quiet.ts'
import {
  fingerprintOf,
  internalsOf,
  newKey,
  newKeyPair,
  sendMessage,
  startSshPeer,
  wireString,
  withoutSignatureNames,
  type SshPeerOptions,
} from './support/ssh-peer.ts'

const password = 'canary-91c2'
const withPassword = { kind: 'password', user: 'service', password } as const
const hostKey = newKey()

async function startPeer(options: Omit<SshPeerOptions, 'hostKeys'>) {
  return await startSshPeer({ hostKeys: [hostKey], ...options })
}

function connect(
  peer: { readonly address: Parameters<typeof connectSsh>[0]['address'] },
  credentials: Credentials = withPassword,
) {
  const { address } = peer
  return connectSsh({
    address,
    fingerprints: [fingerprintOf(hostKey)],
    credentials,
    signal: never,
    deadlines: soon,
  })
}

test('a refused password is sent once, by one road only', async () => {
  await using peer = await startPeer({
    onLogin: (context) => {
      context.reject(['password', 'keyboard-interactive'])
    },
  })
  const { failure } = await failureOf(connect(peer), 'login-refused')
  expect(failure).toMatchObject({ user: 'service' })
  expect(peer.loginRequests()).toBe(1)
})

test('a device that only asks questions is given the password for one hidden question', async () => {
  await using peer = await startPeer({
    onLogin: (context) => {
      if (context.method !== 'keyboard-interactive') context.reject(['keyboard-interactive'])
      else {
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
          if (answers[0] === password) context.accept()
          else context.reject()
        })
      }
    },
  })
  await using session = await connect(peer)
  expect(session.alive).toBe(true)
})

test.each([
  ['one question that shows the answer', [{ prompt: 'Password: ', echo: true }]],
  [
    'two questions',
    [
      { prompt: 'Password: ', echo: false },
      { prompt: 'Token: ', echo: false },
    ],
  ],
  ['a hundred questions', Array.from({ length: 100 }, () => ({ prompt: '?', echo: false }))],
])('%s: no answer is given', async (_what, prompts) => {
  const answers: unknown[] = []
  await using peer = await startPeer({
    onLogin: (context) => {
      if (context.method !== 'keyboard-interactive') context.reject(['keyboard-interactive'])
      else context.prompt(prompts, (given) => answers.push(given))
    },
  })
  await failureOf(connect(peer), 'login-refused')
  expect(answers).toEqual([])
})

test('a device that asks again and again is answered once', async () => {
  const answers: unknown[] = []
  await using peer = await startPeer({
    onLogin: (context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive'])
        return
      }
      const ask = (): void => {
        context.prompt([{ prompt: 'Again: ', echo: false }], (given) => {
          answers.push(given)
          ask()
        })
      }
      ask()
    },
  })
  await failureOf(connect(peer), 'login-refused')
  expect(answers).toEqual([[password]])
})

test('a second factor after the password is not answered with the password', async () => {
  const methods: string[] = []
  await using peer = await startPeer({
    onLogin: (context) => {
      methods.push(context.method)
      context.reject(['keyboard-interactive'], context.method === 'password')
    },
  })
  await failureOf(connect(peer), 'login-refused')
  expect(methods).toEqual(['password'])
})

test('a login that is granted before it was asked for is not believed', async () => {
  await using peer = await startPeer({
    onConnection: (connection) => {
      connection.once('handshake', () => {
        const protocol = internalsOf(connection)
        protocol._authsQueue.push('none')
        protocol.authSuccess()
      })
    },
  })
  await failureOf(connect(peer), 'unexpected-answer')
})

test('an expired password ends the login, and no new one is made up', async () => {
  await using peer = await startPeer({
    onLogin: (context) => {
      if (context.method === 'password') context.requestChange('Your password has expired', () => undefined)
    },
  })
  await failureOf(connect(peer), 'login-refused')
})

test('a banner is harmless, and one without end is refused', async () => {
  await using polite = await startPeer({ server: { banner: '\u001b[2Jhello'.repeat(100) } })
  await using session = await connect(polite)
  expect(session.alive).toBe(true)
  await using endless = await startPeer({
    onLogin: (context) => {
      const banner = Buffer.concat([Buffer.from([53]), wireString('x'.repeat(30_000)), wireString('')])
      for (let count = 0; count < 5; count += 1) sendMessage(context, banner)
    },
  })
  await failureOf(connect(endless), 'unexpected-answer')
})

test('a key logs in at a real server, also one with a passphrase and an RSA one', async () => {
  const rsa = newKeyPair('rsa')
  const locked = newKeyPair('ed25519', 'opensesame')
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-keys-'))
  await writeFile(join(folder, 'keys'), `${rsa.public}\n${locked.public}\n`, { mode: 0o600 })
  await using sshd = await startSshd({ config: [`Match all`, `AuthorizedKeysFile ${join(folder, 'keys')}`] })
  const { address, user } = sshd
  const fingerprints = [sshd.fingerprints.ed25519!]
  const logIn = (credentials: Credentials) =>
    connectSsh({ address, fingerprints, credentials, signal: never })
  await using first = await logIn({ kind: 'key', user, privateKey: rsa.private })
  await using second = await logIn({
    kind: 'key',
    user,
    privateKey: locked.private,
    passphrase: 'opensesame',
  })
  expect([first.alive, second.alive]).toEqual([true, true])
  const stranger = newKeyPair().private
  await failureOf(logIn({ kind: 'key', user, privateKey: stranger }), 'login-refused')
  await rm(folder, { recursive: true })
})

test('a key that cannot be read is told before anybody is asked to take it', async () => {
  await using peer = await startPeer({})
  const locked = newKeyPair('ed25519', 'opensesame')
  const user = 'service'
  const problemOf = async (credentials: Credentials) =>
    (await failureOf(connect(peer, credentials), 'bad-input')).failure
  expect(await problemOf({ kind: 'key', user, privateKey: locked.private })).toMatchObject({
    field: 'privateKey',
    reason: 'needs its passphrase',
  })
  expect(
    await problemOf({ kind: 'key', user, privateKey: locked.private, passphrase: 'wrong' }),
  ).toMatchObject({
    reason: 'cannot be opened with this passphrase',
  })
  expect(await problemOf({ kind: 'key', user, privateKey: 'garbage' })).toMatchObject({
    reason: 'is not a private key that can be read',
  })
  expect(await problemOf({ kind: 'key', user, privateKey: locked.public })).toMatchObject({
    reason: 'is not a private key that can be read',
  })
  expect(peer.connections()).toBe(0)
})

test('an agent logs in, is not forwarded, and is named where it cannot be reached', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-agent-'))
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  try {
    await using sshd = await startSshd()
    await writeFile(join(folder, 'key'), sshd.privateKey, { mode: 0o600 })
    addKey(socket, join(folder, 'key'))
    const { address, user } = sshd
    const fingerprints = [sshd.fingerprints.ed25519!]
    await using session = await connectSsh({
      address,
      fingerprints,
      credentials: { kind: 'agent', user, socket },
      signal: never,
    })
    const { stdout } = await session.run('echo "[$SSH_AUTH_SOCK]"', { signal: never })
    expect(stdout.toString()).toBe('[]\n')
    const credentials = { kind: 'agent', user, socket: join(folder, 'nobody') } as const
    const { failure } = await failureOf(
      connectSsh({ address, fingerprints, credentials, signal: never }),
      'bad-input',
    )
    expect(failure).toMatchObject({ field: 'agent' })
  } finally {
    agent.kill()
    await rm(folder, { recursive: true })
  }
})

test('an RSA key is not used with SHA-1, even where a device knows nothing else', async () => {
  const { private: privateKey } = newKeyPair('rsa')
  await using peer = await startPeer({
    onConnection: (connection) => {
      withoutSignatureNames(connection)
    },
  })
  await failureOf(connect(peer, { kind: 'key', user: 'service', privateKey }), 'weak-crypto')
})

function addKey(socket: string, file: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      execFileSync('ssh-add', ['-q', file], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: 'ignore',
      })
      return
    } catch (error) {
      // The agent makes its socket a moment after it was started.
      if (attempt === 50) throw error
      execFileSync('sleep', ['0.1'])
    }
  }
}
