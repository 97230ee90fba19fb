import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connectHttps, type HttpsSession } from '../../../src/main/transport/https.ts'
import { certainlyNotSent } from '../../../src/main/transport/request-error.ts'
import type { FailureCode } from '../../../src/shared/failure.ts'
import { bytesOf, failureOf, never } from './support/quiet.ts'
import { cuts, startCutter } from './support/tcp-peer.ts'
import { answer, answering, startTlsPeer, type TlsPeer } from './support/tls-peer.ts'

const get = { method: 'GET', path: '/file?token=canary', signal: never } as const
const ok = 'HTTP/1.1 200 OK\r\n'
const short = { connectMs: 400, handshakeMs: 400, idleMs: 400 }

function connect(peer: TlsPeer, port = peer.address.port): Promise<HttpsSession> {
  const address = { ...peer.address, port }
  return connectHttps({
    address,
    fingerprints: [peer.certificate.fingerprint],
    signal: never,
    deadlines: short,
  })
}

/** Downloads all of it, as a backup would. */
async function pull(session: HttpsSession): Promise<Buffer> {
  const result = await session.download(get)
  if (!('content' in result)) throw new Error(`status ${String(result.status)}`)
  return await bytesOf(result.content)
}

async function expectRefused(serve: (socket: TLSSocket) => void, ...codes: readonly FailureCode[]) {
  await using peer = await startTlsPeer(serve)
  await using session = await connect(peer)
  const error = await failureOf(pull(session), ...codes)
  expect(certainlyNotSent(error)).toBe(false)
  return error.failure
}

test.each([
  ['http', 'http://127.0.0.1/'],
  ['another host', 'https://elsewhere/'],
  ['a file', 'file:///etc/passwd'],
  ['another port', 'https://127.0.0.1:1/'],
  ['itself', '/file'],
  ['nowhere', ''],
])('D17: a redirect to %s is not followed', async (_where, location) => {
  for (const status of [301, 302, 303, 307, 308]) {
    await using peer = await startTlsPeer(
      answering(`HTTP/1.1 ${String(status)} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
    )
    await using session = await connect(peer)
    expect((await failureOf(session.request(get), 'redirect-refused')).failure).toMatchObject({ location })
    await failureOf(session.download(get), 'redirect-refused')
    expect(peer.received().match(/GET /g)?.length).toBe(2)
  }
})

test.each([
  ['said', answer('<p>Please log in</p>', 'Content-Type: text/html; charset=utf-8'), '<p>Please log in</p>'],
  [
    'not said',
    answer('\n<!DOCTYPE html><title>Log in</title>', 'Content-Type: application/zip'),
    '<!DOCTYPE html>',
  ],
  ['not said', answer('<html lang="en">'), '<html lang="en">'],
])('D18: a log-in page with status 200 is no file, whether that is %s or not', async (_said, page, shown) => {
  const failure = await expectRefused(answering(page), 'unexpected-answer')
  expect(failure).toMatchObject({ detail: expect.stringContaining('200') as unknown })
  expect(failure).toMatchObject({ detail: expect.stringContaining(shown) as unknown })
})

test('D18: what is shown of an answer is short and cannot steer the screen', async () => {
  const page = answer(`<html>\x1b[2J${'x'.repeat(10_000)}`)
  const failure = await expectRefused(answering(page), 'unexpected-answer')
  expect(JSON.stringify(failure).length).toBeLessThan(400)
  expect(JSON.stringify(failure)).toContain('␛[2J')
  expect(JSON.stringify(failure)).not.toContain('canary')
})

test.each([
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['206 that nobody asked for', 'HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\nhalf'],
  ['a body without a length', `${ok}\r\nsome bytes`],
])('D18: %s is no download', async (_what, text) => {
  await expectRefused(answering(text), 'unexpected-answer')
})

test('a part that was asked for is taken', async () => {
  await using peer = await startTlsPeer(
    answering('HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\nhalf'),
  )
  await using session = await connect(peer)
  const answered = await session.download({ ...get, headers: { Range: 'bytes=4-' } })
  expect(answered.status).toBe(206)
})

test('an answer that is no success is given whole, for its reasons', async () => {
  await using peer = await startTlsPeer(answering('HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nbusy'))
  await using session = await connect(peer)
  expect(await session.download(get)).toMatchObject({ status: 409, body: Buffer.from('busy') })
})

test('D19: a body shorter than announced is told with both lengths', async () => {
  const failure = await expectRefused((socket) => {
    socket.once('data', () => socket.end(`${ok}Content-Length: 10\r\n\r\n12345`))
  }, 'length-mismatch')
  expect(failure).toMatchObject({ announcedBytes: 10, receivedBytes: 5 })
})

test('D19: a body longer than announced is told with both lengths', async () => {
  const failure = await expectRefused(
    answering(`${ok}Content-Length: 10\r\n\r\n${'x'.repeat(20)}`),
    'length-mismatch',
  )
  expect(failure).toMatchObject({ announcedBytes: 10, receivedBytes: 20 })
})

test.each([
  ['two lengths', `${ok}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
  ['a length and chunks', `${ok}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a negative length', `${ok}Content-Length: -4\r\n\r\n`],
  ['a length of 2^63', `${ok}Content-Length: 9223372036854775808\r\n\r\n`],
  ['broken chunks', `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nabc\r\n0\r\n\r\n`],
  ['a megabyte of headers', `${ok}${`X: ${'y'.repeat(1_000)}\r\n`.repeat(1_000)}\r\n`],
  ['10,000 headers', `${ok}${'X: y\r\n'.repeat(10_000)}\r\n`],
  ['a cookie flood', `${ok}${`Set-Cookie: ${'c'.repeat(200)}\r\n`.repeat(400)}\r\n`],
  ['a header with a line break inside', `${ok}X: a\rb\r\n\r\n`],
  ['a storm of 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100_000)],
  ['two answers', `${answer('')}${answer('second')}`],
  ['another protocol', '220 ftp ready\r\n\r\n'],
])('D19, D21: %s is refused', async (_what, text) => {
  await expectRefused(answering(text), 'unexpected-answer')
})

test.each([
  ['gzip', 'gzip'],
  ['a thousand times gzip', Array.from({ length: 1_000 }, () => 'gzip').join(', ')],
  ['brotli', 'br'],
])('D20: a body packed with %s is refused, although it is valid', async (_what, encoding) => {
  const body = gzipSync('hello')
  await using peer = await startTlsPeer((socket) => {
    socket.on('data', () => {
      socket.write(`${ok}Content-Encoding: ${encoding}\r\nContent-Length: ${String(body.length)}\r\n\r\n`)
      socket.write(body)
    })
  })
  await using session = await connect(peer)
  await failureOf(session.download(get), 'unexpected-answer')
  await failureOf(session.request(get), 'unexpected-answer')
})

test('D20: an answer of more than 8 MiB is not collected', async () => {
  await using peer = await startTlsPeer((socket) => {
    socket.on('data', () => {
      socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n`)
      const more = (): void => {
        if (!socket.destroyed) socket.write(`100000\r\n${'x'.repeat(1024 * 1024)}\r\n`, more)
      }
      more()
    })
  })
  await using session = await connect(peer)
  await failureOf(session.request(get), 'unexpected-answer')
})

test('what a device says unasked is not taken for an answer', async () => {
  await using peer = await startTlsPeer((socket, connection) => {
    if (connection === 1) socket.write(answer('unasked'))
    else answering(answer('asked'))(socket)
  })
  await using session = await connect(peer)
  await wait(100)
  expect((await session.request(get)).body.toString()).toBe('asked')
  expect(session.connection).toBe(2)
})

test('what a device adds to an answer later costs it the connection', async () => {
  await using peer = await startTlsPeer((socket, connection) => {
    socket.on('data', () => {
      socket.write(answer(`from ${String(connection)}`))
      if (connection === 1) setTimeout(() => socket.write(answer('forged')), 50)
    })
  })
  await using session = await connect(peer)
  expect((await session.request(get)).body.toString()).toBe('from 1')
  await wait(200)
  expect((await session.request(get)).body.toString()).toBe('from 2')
})

test('after an answer that came before the upload was through, the connection is not used again', async () => {
  await using peer = await startTlsPeer((socket, connection) => {
    socket.once('data', () => socket.write(answer(`from ${String(connection)}`)))
  })
  await using session = await connect(peer)
  const pieces = (async function* () {
    yield Buffer.from('first')
    await wait(200)
    yield Buffer.from('GET /smuggled HTTP/1.1\r\n\r\n')
  })()
  const upload = { ...get, method: 'POST', body: { lengthBytes: 100, pieces } } as const
  expect((await session.request(upload)).body.toString()).toBe('from 1')
  expect((await session.request(get)).body.toString()).toBe('from 2')
  expect(session.connection).toBe(2)
})

test('a device that wants to agree on its encryption anew, and so on its certificate, is left', async () => {
  await using peer = await startTlsPeer(
    (socket) => {
      socket.once('data', () => {
        socket.renegotiate({}, (error) => {
          if (error === null) socket.write(answer('from somebody'))
        })
      })
    },
    { maxVersion: 'TLSv1.2' },
  )
  await using session = await connect(peer)
  await failureOf(session.request(get), 'connection-lost', 'device-silent', 'unexpected-answer')
})

const gone: readonly FailureCode[] = [
  'connection-lost',
  'device-silent',
  'device-unreachable',
  'length-mismatch',
]
const whole = 2 * 1024 * 1024

test.each(
  cuts.flatMap((cut) =>
    [0, 1, 100, 700, 1_500, 3_000, 100_000, 1_000_000, 2_000_000].map((bytes) => [cut, bytes] as const),
  ),
)('D15: %s after %d bytes settles in time, and is never a whole file', async (cut, bytes) => {
  await using peer = await startTlsPeer(answering(answer('x'.repeat(whole))))
  await using cutter = await startCutter(peer.address.port, bytes, cut)
  const startedAt = performance.now()
  const work = (async () => {
    await using session = await connect(peer, cutter.port)
    return await pull(session)
  })()
  await failureOf(work, ...gone)
  expect(performance.now() - startedAt).toBeLessThan(3_500)
})

test('without a cut, all of it comes', async () => {
  await using peer = await startTlsPeer(answering(answer('x'.repeat(whole))))
  await using cutter = await startCutter(peer.address.port, Infinity, 'end')
  await using session = await connect(peer, cutter.port)
  expect((await pull(session)).length).toBe(whole)
})
