import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import busboy from 'busboy'
import { expect, test } from 'vitest'
import { connectHttps, type HttpsDownload, type HttpsSession } from '../../../src/main/transport/https.ts'
import { makeForm } from '../../../src/main/transport/multipart.ts'
import { certainlyNotSent } from '../../../src/main/transport/request-error.ts'
import { makeCertificate } from './support/certificate.ts'
import { bytesOf, failureOf, never, soon, timeOf } from './support/quiet.ts'

const mebibyte = 1024 * 1024
const get = { method: 'GET', path: '/', signal: never } as const

interface Device extends AsyncDisposable {
  readonly connect: () => Promise<HttpsSession>
  readonly connections: () => number
  readonly dropConnections: () => void
}

/** A device with Node's own HTTPS server. */
async function startDevice(listener: RequestListener): Promise<Device> {
  const { cert, key, fingerprint } = await makeCertificate()
  let connections = 0
  const server = createServer({ cert, key }, listener)
  server.on('secureConnection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = {
    protocol: 'https',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  } as const
  return {
    connect: () => connectHttps({ address, fingerprints: [fingerprint], signal: never, deadlines: soon }),
    connections: () => connections,
    dropConnections: () => {
      server.closeAllConnections()
    },
    [Symbol.asyncDispose]: async () => {
      const done = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await done
    },
  }
}

async function download(session: HttpsSession, path = '/'): Promise<HttpsDownload> {
  const answer = await session.download({ ...get, path })
  if (!('content' in answer)) throw new Error(`status ${String(answer.status)}`)
  return answer
}

test('a request is sent as it was given, and the answer comes whole, whatever its status', async () => {
  await using device = await startDevice((request, response) => {
    void bytesOf(request).then((body) => {
      const { method, url, headers } = request
      response.writeHead(418, { 'Content-Type': 'application/json', 'X-Seen': 'yes' })
      response.end(JSON.stringify({ method, url, headers, body: body.toString() }))
    })
  })
  await using session = await device.connect()
  const { status, headers, body } = await session.request({
    method: 'PUT',
    path: '/a/b?c=d%20e',
    headers: {
      'Content-Type': 'text/plain',
      accept: 'text/html',
      'X-Number': 5,
      'X-List': ['a', 'b'],
      'X-None': undefined,
    },
    body: { lengthBytes: 5, pieces: [Buffer.from('he'), Buffer.from('llo')] },
    signal: never,
  })
  expect(status).toBe(418)
  expect(headers['x-seen']).toBe('yes')
  expect(JSON.parse(body.toString())).toMatchObject({
    method: 'PUT',
    url: '/a/b?c=d%20e',
    body: 'hello',
    headers: {
      accept: 'text/html',
      'accept-encoding': 'identity',
      'content-length': '5',
      'x-number': '5',
      'x-list': 'a, b',
    },
  })
})

test.each([
  ['a space', '/a b'],
  ['a line break', '/a\r\nX: y'],
  ['another host', 'https://elsewhere/'],
  ['no slash', 'a'],
  ['an umlaut', '/ä'],
])('a path with %s is refused and not sent', async (_what, path) => {
  await using device = await startDevice((_request, response) => response.end())
  await using session = await device.connect()
  const error = await failureOf(session.request({ ...get, path }), 'bad-input')
  expect(certainlyNotSent(error)).toBe(true)
  expect((await session.request(get)).status).toBe(200)
})

test('a header that would be two is refused and not sent', async () => {
  await using device = await startDevice((_request, response) => response.end())
  await using session = await device.connect()
  for (const headers of [{ A: 'b\r\nC: d' }, { 'A: b\r\nC': 'd' }]) {
    await failureOf(session.request({ ...get, headers }), 'bad-input')
  }
})

test('all requests go over one connection, one after the other', async () => {
  let open = 0
  let most = 0
  await using device = await startDevice((request, response) => {
    open += 1
    most = Math.max(most, open)
    setTimeout(() => {
      open -= 1
      response.end(request.url)
    }, 5)
  })
  await using session = await device.connect()
  const paths = Array.from({ length: 20 }, (_unused, index) => `/${String(index)}`)
  const answers = await Promise.all(paths.map((path) => session.request({ ...get, path })))
  expect(answers.map(({ body }) => body.toString())).toEqual(paths)
  expect({ most, connections: device.connections(), connection: session.connection }).toEqual({
    most: 1,
    connections: 1,
    connection: 1,
  })
})

test('a request waits until a download before it is read, and the device is not called silent for it', async () => {
  await using device = await startDevice((request, response) => {
    if (request.url === '/file') response.end(Buffer.alloc(32 * mebibyte))
    else response.end('after')
  })
  await using session = await device.connect()
  const { content } = await download(session, '/file')
  let isAnswered = false
  const next = session.request({ ...get, idleMs: 200 }).then((answer) => {
    isAnswered = true
    return answer
  })
  await wait(600)
  expect(isAnswered).toBe(false)
  expect((await bytesOf(content)).length).toBe(32 * mebibyte)
  expect((await next).body.toString()).toBe('after')
  expect(session.connection).toBe(1)
})

test('a waiting request can be cancelled without a byte sent, and those behind it go on', async () => {
  await using device = await startDevice((request, response) => {
    setTimeout(() => response.end(request.url), 300)
  })
  await using session = await device.connect()
  const cancel = new AbortController()
  const first = session.request({ ...get, path: '/1' })
  const second = failureOf(session.request({ ...get, path: '/2', signal: cancel.signal }), 'cancelled')
  const third = session.request({ ...get, path: '/3' })
  cancel.abort()
  expect(certainlyNotSent(await second)).toBe(true)
  expect((await first).body.toString()).toBe('/1')
  expect((await third).body.toString()).toBe('/3')
})

test('a connection that was closed is made anew, and has another number', async () => {
  await using device = await startDevice((_request, response) => response.end('hello'))
  await using session = await device.connect()
  await session.request(get)
  device.dropConnections()
  await wait(100)
  expect((await session.request(get)).status).toBe(200)
  expect(session.connection).toBe(2)
  expect(device.connections()).toBe(2)
})

test('a request that belongs to a connection is not sent on another one', async () => {
  const seen: string[] = []
  await using device = await startDevice((request, response) => {
    seen.push(request.url ?? '')
    response.end('hello')
  })
  await using session = await device.connect()
  await session.request({ ...get, path: '/identity' })
  const onConnection = session.connection
  await session.request({ ...get, path: '/commit', onConnection })
  device.dropConnections()
  await wait(100)
  const gone = await failureOf(session.request({ ...get, path: '/again', onConnection }), 'connection-lost')
  expect(certainlyNotSent(gone)).toBe(true)
  await session.request({ ...get, path: '/other' })
  const other = await failureOf(session.request({ ...get, path: '/again', onConnection }), 'connection-lost')
  expect(certainlyNotSent(other)).toBe(true)
  expect(seen).toEqual(['/identity', '/commit', '/other'])
})

test('64 MiB go both ways unchanged', async () => {
  const bytes = randomBytes(64 * mebibyte)
  await using device = await startDevice((request, response) => {
    if (request.method === 'GET') response.end(bytes)
    else void bytesOf(request).then((body) => response.end(createHash('sha256').update(body).digest('hex')))
  })
  await using session = await device.connect()
  const { announcedBytes, content } = await download(session)
  expect(announcedBytes).toBe(bytes.length)
  expect((await bytesOf(content)).equals(bytes)).toBe(true)
  const pieces = (function* () {
    for (let at = 0; at < bytes.length; at += 700_001) yield bytes.subarray(at, at + 700_001)
  })()
  const sent = await session.request({ ...get, method: 'POST', body: { lengthBytes: bytes.length, pieces } })
  expect(sent.body.toString()).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(session.connection).toBe(1)
})

test('a chunked download comes whole, without an announced length', async () => {
  await using device = await startDevice((_request, response) => {
    for (let count = 0; count < 100; count += 1) response.write('x'.repeat(count))
    response.end()
  })
  await using session = await device.connect()
  const { announcedBytes, content } = await download(session)
  expect(announcedBytes).toBeUndefined()
  expect((await bytesOf(content)).length).toBe(4_950)
})

test('a reader that is slow holds the device back, and memory stays flat', async () => {
  const block = Buffer.alloc(mebibyte)
  let written = 0
  await using device = await startDevice((_request, response) => {
    response.setHeader('Content-Length', 256 * mebibyte)
    void (async () => {
      for (let count = 0; count < 256; count += 1) {
        written += mebibyte
        if (!response.write(block)) await once(response, 'drain')
      }
      response.end()
    })()
  })
  await using session = await device.connect()
  const before = process.memoryUsage().arrayBuffers
  const { content } = (await session.download({ ...get, idleMs: 400 })) as HttpsDownload
  await wait(1_000)
  expect(written).toBeLessThan(64 * mebibyte)
  let bytes = 0
  let most = 0
  for await (const piece of content) {
    bytes += piece.length
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(bytes).toBe(256 * mebibyte)
  expect(most).toBeLessThan(128 * mebibyte)
})

test('a form with a file arrives as it was made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-form-'))
  const path = join(folder, 'archive')
  const bytes = randomBytes(5 * mebibyte + 3)
  await writeFile(path, bytes)
  await using device = await startDevice((request, response) => {
    const seen: Record<string, string> = {}
    const form = busboy({ headers: request.headers })
    form.on('field', (name, value) => {
      seen[name] = value
    })
    form.on('file', (name, file, { filename, mimeType }) => {
      void bytesOf(file).then((body) => {
        seen[name] = `${filename} ${mimeType} ${createHash('sha256').update(body).digest('hex')}`
      })
    })
    form.on('close', () => response.end(JSON.stringify(seen)))
    request.pipe(form)
  })
  await using session = await device.connect()
  const send = async (fileName: string, sizeBytes: number) => {
    const file = { field: 'archive', fileName, contentType: 'application/zip', path, sizeBytes }
    const form = makeForm({ options: '{"a":1}', empty: '' }, file)
    return await session.request({
      ...get,
      method: 'POST',
      headers: { 'Content-Type': form.contentType },
      body: { lengthBytes: form.lengthBytes, pieces: form.pieces },
    })
  }
  const sha = (part: Buffer): string => createHash('sha256').update(part).digest('hex')
  expect(JSON.parse((await send('my "plant".zip', bytes.length)).body.toString())).toEqual({
    options: '{"a":1}',
    empty: '',
    // As browsers do it, since HTML says so.
    archive: `my %22plant%22.zip application/zip ${sha(bytes)}`,
  })
  const part = JSON.parse((await send('part.zip', 1_000)).body.toString()) as Record<string, string>
  expect(part['archive']).toBe(`part.zip application/zip ${sha(bytes.subarray(0, 1_000))}`)
  const none = JSON.parse((await send('none.zip', 0)).body.toString()) as Record<string, string>
  expect(none['archive']).toBe(`none.zip application/zip ${sha(Buffer.alloc(0))}`)
  await failureOf(send('gone.zip', bytes.length + 1), 'length-mismatch')
  await rm(folder, { recursive: true })
})

test.each([
  ['shorter', 4],
  ['longer', 6],
])('a body that is %s than announced ends the request', async (_what, bytes) => {
  await using device = await startDevice((request, response) => {
    request.resume().on('end', () => response.end('taken'))
  })
  await using session = await device.connect()
  const body = { lengthBytes: 5, pieces: [Buffer.alloc(bytes)] }
  const error = await failureOf(session.request({ ...get, method: 'POST', body }), 'length-mismatch')
  expect(certainlyNotSent(error)).toBe(false)
  expect((await session.request(get)).body.toString()).toBe('taken')
})

test('a source that fails ends the request with its own error', async () => {
  await using device = await startDevice((request, response) => {
    request.resume().on('end', () => response.end())
  })
  await using session = await device.connect()
  const pieces = (async function* () {
    yield Buffer.alloc(10)
    throw new Error('the disk is gone')
  })()
  const work = session.request({ ...get, method: 'POST', body: { lengthBytes: 100, pieces } })
  await expect(work).rejects.toThrow('the disk is gone')
})

test('an answer that refuses an upload ends it early', async () => {
  await using device = await startDevice((_request, response) => {
    response.writeHead(413, { Connection: 'close' })
    response.end('too large')
  })
  await using session = await device.connect()
  let given = 0
  const pieces = (async function* () {
    for (; given < 1_000; given += 1) {
      await wait(2)
      yield Buffer.alloc(65_536)
    }
  })()
  const { status, body } = await session.request({
    ...get,
    method: 'POST',
    body: { lengthBytes: 65_536_000, pieces },
  })
  expect({ status, body: body.toString() }).toEqual({ status: 413, body: 'too large' })
  expect(given).toBeLessThan(1_000)
})

test.each(['waiting', 'reading', 'uploading'])(
  'a cancel while %s is heard within two seconds',
  async (phase) => {
    await using device = await startDevice((_request, response) => {
      if (phase === 'reading') response.writeHead(200, { 'Content-Length': 1_000 }).write('half')
    })
    await using session = await device.connect()
    const cancel = new AbortController()
    const { signal } = cancel
    const pieces = (async function* () {
      for (;;) {
        await wait(1)
        yield Buffer.alloc(65_536)
      }
    })()
    const work =
      phase === 'uploading'
        ? session.request({ ...get, method: 'POST', signal, body: { lengthBytes: 1e12, pieces } })
        : session.request({ ...get, signal })
    const failed = failureOf(work, 'cancelled')
    await wait(200)
    cancel.abort()
    expect(await timeOf(failed)).toBeLessThan(2_000)
    expect(certainlyNotSent(await failed)).toBe(false)
  },
)

test('a silent device is given up in every phase; bytes that trickle are no silence, but have an end', async () => {
  await using device = await startDevice((request, response) => {
    if (request.url === '/head') return
    response.writeHead(200, { 'Content-Length': 1_000_000 })
    if (request.url === '/body') response.write('half')
    else setInterval(() => response.write('x'), 50).unref()
  })
  await using session = await device.connect()
  const { failure } = await failureOf(
    session.request({ ...get, path: '/head', idleMs: 300 }),
    'device-silent',
  )
  expect(failure).toMatchObject({ phase: 'GET /head', seconds: 0.3 })
  await failureOf(session.request({ ...get, path: '/body', idleMs: 300 }), 'device-silent')
  const trickle = session.request({ ...get, path: '/trickle', idleMs: 1_000, totalMs: 1_500 })
  expect((await failureOf(trickle, 'device-silent')).failure).toMatchObject({ phase: 'GET /trickle, in all' })
})

test('a download that is not read to its end frees the session', async () => {
  await using device = await startDevice((_request, response) => response.end(Buffer.alloc(64 * mebibyte)))
  await using session = await device.connect()
  const { content } = await download(session)
  for await (const piece of content) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect((await bytesOf((await download(session)).content)).length).toBe(64 * mebibyte)
})

test('a closed session ends what is under way, sends nothing more, and can be closed twice', async () => {
  await using device = await startDevice(() => undefined)
  const session = await device.connect()
  const waiting = failureOf(session.request(get), 'cancelled', 'connection-lost')
  await wait(100)
  await session[Symbol.asyncDispose]()
  await waiting
  const late = await failureOf(session.request(get), 'cancelled')
  expect(certainlyNotSent(late)).toBe(true)
  await session[Symbol.asyncDispose]()
})
