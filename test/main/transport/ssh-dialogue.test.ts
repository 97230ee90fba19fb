import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connectSsh, type SshSession } from '../../../src/main/transport/ssh.ts'
import { startSshd, type Sshd } from '../../peers/sshd/sshd.ts'
import { failureOf, never } from './support/quiet.ts'
import { startTcpPeer } from './support/tcp-peer.ts'

let sshd: Sshd
let session: SshSession

beforeAll(async () => {
  sshd = await startSshd()
  session = await connectSsh({
    address: sshd.address,
    fingerprints: Object.values(sshd.fingerprints),
    credentials: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    signal: never,
  })
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await sshd.stop()
})

const asking = `sh -c 'printf "path? "; read answer; echo "got <$answer>"; exit 3'`

test.each([true, false])('a program is asked and answered (in a terminal: %s)', async (inTerminal) => {
  const dialogue = await session.converse(asking, { signal: never, inTerminal, totalMs: 10_000 })
  const asked = (text: string): boolean => text.endsWith('? ')
  expect(await dialogue.listen({ enough: asked, quietMs: 5_000 })).toBe('heard')
  dialogue.type('C:\\a b\n')
  const { exitCode } = await dialogue.ended
  expect(exitCode).toBe(3)
  expect(dialogue.text()).toContain('got <C:a b>')
  expect(await dialogue.listen({ enough: () => false, quietMs: 5_000 })).toBe('ended')
})

test('a program that says nothing is heard to be quiet, and can be let go', async () => {
  const dialogue = await session.converse('echo first; sleep 30', {
    signal: never,
    inTerminal: true,
    totalMs: 20_000,
  })
  expect(await dialogue.listen({ enough: (text) => text.includes('first'), quietMs: 10_000 })).toBe('heard')
  expect(await dialogue.listen({ enough: () => false, quietMs: 400 })).toBe('quiet')
  dialogue.close()
  await failureOf(dialogue.ended, 'cancelled')
})

test('the time for the whole dialogue is limited, whoever is waited for', async () => {
  const dialogue = await session.converse('cat', { signal: never, inTerminal: false, totalMs: 500 })
  await failureOf(dialogue.listen({ enough: () => false, quietMs: 10_000 }), 'device-silent')
})

test('of a program without end only the last part is kept', async () => {
  const dialogue = await session.converse('head -c 3000000 /dev/zero | tr "\\0" x; echo end', {
    signal: never,
    inTerminal: false,
    totalMs: 20_000,
  })
  await dialogue.ended
  expect(dialogue.text().length).toBe(256 * 1024)
  expect(dialogue.text()).toMatch(/xend\n$/)
})

test('a connection that goes in the middle of a dialogue is told', async () => {
  await using server = await startSshd()
  const other = await connectSsh({
    address: server.address,
    fingerprints: Object.values(server.fingerprints),
    credentials: { kind: 'key', user: server.user, privateKey: server.privateKey },
    signal: never,
  })
  const dialogue = await other.converse('cat', { signal: never, inTerminal: true, totalMs: 20_000 })
  const told = failureOf(dialogue.listen({ enough: () => false, quietMs: 10_000 }), 'connection-lost')
  await server.stop()
  await told
  await other[Symbol.asyncDispose]()
})

/** A service that listens on the device itself. */
async function service(answer: (request: IncomingMessage) => { status: number; body: string }) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request)
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('a service on the device is asked through the connection', async () => {
  const seen: (string | undefined)[] = []
  const port = await service(({ headers, url }) => {
    seen.push(headers.authorization, url)
    return { status: 200, body: '{"version":"1.2.3"}' }
  })
  const answer = await session.ask({
    port,
    path: '/version?x=1',
    headers: { authorization: 'Basic abc' },
    signal: never,
  })
  expect(answer).toMatchObject({ status: 200 })
  expect(answer.body.toString()).toBe('{"version":"1.2.3"}')
  expect(seen).toEqual(['Basic abc', '/version?x=1'])
})

test('an answer without end is not collected', async () => {
  const port = await service(() => ({ status: 200, body: 'x'.repeat(2 * 1024 * 1024) }))
  await failureOf(session.ask({ port, path: '/', signal: never }), 'unexpected-answer')
  expect((await session.run('echo here', { signal: never })).stdout.toString()).toBe('here\n')
})

test('nobody at that port, a silent service and one that speaks no HTTP are told apart', async () => {
  await failureOf(session.ask({ port: 1, path: '/', signal: never }), 'unexpected-answer')
  const silent = await listener(() => undefined)
  await failureOf(session.ask({ port: silent, path: '/', signal: never, idleMs: 300 }), 'device-silent')
  const other = await listener((socket) => socket.end('220 mail\r\n\r\n'))
  await failureOf(session.ask({ port: other, path: '/', signal: never }), 'unexpected-answer')
  const short = await listener((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort'))
  await failureOf(session.ask({ port: short, path: '/', signal: never }), 'unexpected-answer')
})

async function listener(serve: (socket: Socket) => void): Promise<number> {
  const peer = await startTcpPeer(serve)
  onTestFinished(() => peer[Symbol.asyncDispose]())
  return peer.port
}
